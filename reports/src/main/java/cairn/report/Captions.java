package cairn.report;

import java.util.IntSummaryStatistics;
import java.util.Locale;

/** The words under plots that say of how many observations they are and what intervals mean. */
final class Captions {
    private Captions() {}

    /** For figures that put all trials together. */
    static String pooled(ExperimentResult result, long count, String things) {
        return things.substring(0, 1).toUpperCase(Locale.ROOT)
                + things.substring(1)
                + " of all trials together: n = "
                + count
                + " in "
                + trials(result)
                + ".";
    }

    /** For estimates from one figure per trial. */
    static String overTrials(ExperimentResult result) {
        return "Marks are means over trials, whiskers their 95 % confidence intervals (Student's"
                + " t); "
                + trials(result)
                + ".";
    }

    /** How many trials each variant has. */
    static String trials(ExperimentResult result) {
        IntSummaryStatistics sizes =
                result.variants().stream()
                        .mapToInt(variant -> variant.trials().size())
                        .summaryStatistics();
        if (sizes.getCount() == 1) {
            return plural(sizes.getMax(), "trial");
        }
        return sizes.getMin() == sizes.getMax()
                ? plural(sizes.getMax(), "trial") + " per variant"
                : sizes.getMin() + " to " + sizes.getMax() + " trials per variant";
    }

    static String plural(long count, String thing) {
        if (count == 1) {
            return "1 " + thing;
        }
        return count
                + " "
                + (thing.endsWith("y")
                        ? thing.substring(0, thing.length() - 1) + "ies"
                        : thing + "s");
    }
}
