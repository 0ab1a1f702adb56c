package cairn.experiment.definition;

import cairn.experiment.file.Amounts;

import java.util.List;
import java.util.Optional;

/**
 * What a value of a sweep must be: a word, or an amount on one side of another: {@code below 5 us},
 * {@code at least 4 KiB}.
 *
 * @param side how it compares; empty if the value must be the very word
 */
record Bound(String side, String value) {

    private static final List<String> SIDES = List.of("below", "above", "at least", "at most");

    static Bound read(String text) {
        for (String side : SIDES) {
            if (text.startsWith(side + " ")) {
                return new Bound(side, text.substring(side.length()).strip());
            }
        }
        return new Bound("", text);
    }

    boolean isComparison() {
        return !side.isEmpty();
    }

    /** Whether a value can be compared with this bound at all. */
    boolean suits(String other) {
        return Amounts.compare(other, value).isPresent();
    }

    boolean admits(String other) {
        if (!isComparison()) {
            return value.equals(other);
        }
        Optional<Integer> compared = Amounts.compare(other, value);
        return compared.isPresent()
                && switch (side) {
                    case "below" -> compared.get() < 0;
                    case "above" -> compared.get() > 0;
                    case "at least" -> compared.get() >= 0;
                    default -> compared.get() <= 0;
                };
    }
}
