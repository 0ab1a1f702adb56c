package cairn.experiment.command;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.UserMistake;

/** Amounts that are given with options, in the units of experiment files; a mistake names both. */
final class OptionAmount {

    private static final double MOST = 1e18;

    private OptionAmount() {}

    /**
     * An amount above zero, in the base unit of its dimension.
     *
     * @throws UserMistake if it is none
     */
    static double positive(String option, String text, Dimension dimension) {
        double amount = zeroOrMore(option, text, dimension);
        if (!(amount > 0)) {
            throw new UserMistake(option + ": '" + text + "' is not above zero");
        }
        return amount;
    }

    /**
     * An amount of zero or more, in the base unit of its dimension.
     *
     * @throws UserMistake if it is none
     */
    static double zeroOrMore(String option, String text, Dimension dimension) {
        double amount;
        try {
            amount = dimension.read(text).doubleValue();
        } catch (IllegalArgumentException e) {
            throw new UserMistake(option + ": " + e.getMessage());
        }
        if (!(amount >= 0) || amount > MOST) {
            throw new UserMistake(option + ": '" + text + "' is out of range");
        }
        return amount;
    }

    /**
     * A time above zero, in whole nanoseconds.
     *
     * @throws UserMistake if it is none
     */
    static long nanos(String option, String text) {
        return Math.max(1, Math.round(positive(option, text, Dimension.DURATION)));
    }
}
