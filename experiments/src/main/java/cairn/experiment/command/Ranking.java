package cairn.experiment.command;

import cairn.report.statistics.Estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which of some variants lies below which, by a measure, simulated and live. Two are in an order
 * only if their intervals do not overlap: medians that are closer would change places in other
 * runs.
 */
final class Ranking {

    private final List<Standing> standings = new ArrayList<>();

    /** Where the median of a variant lies. */
    record Range(double low, double high) {

        /** The interval of a median; of too few runs for one, all of them. */
        static Range of(Estimate median, double[] runs) {
            return median.hasInterval()
                    ? new Range(median.low(), median.high())
                    : new Range(
                            Arrays.stream(runs).min().orElseThrow(),
                            Arrays.stream(runs).max().orElseThrow());
        }

        boolean isBelow(Range other) {
            return high < other.low;
        }
    }

    private record Standing(String label, Range simulated, Range live) {}

    /** Adds a variant that was run both ways. */
    void add(String label, Range simulated, Range live) {
        standings.add(new Standing(label, simulated, live));
    }

    /** Whether there is anything to compare. */
    boolean isEmpty() {
        return standings.size() < 2;
    }

    /** What is said of all pairs, in one line. */
    String text() {
        List<String> same = new ArrayList<>();
        List<String> contrary = new ArrayList<>();
        List<String> simulatedAlone = new ArrayList<>();
        List<String> liveAlone = new ArrayList<>();
        List<String> none = new ArrayList<>();
        for (int i = 0; i < standings.size(); i++) {
            for (int j = i + 1; j < standings.size(); j++) {
                Standing one = standings.get(i);
                Standing other = standings.get(j);
                String simulated = order(one, other, one.simulated, other.simulated);
                String live = order(one, other, one.live, other.live);
                if (simulated.isEmpty() && live.isEmpty()) {
                    none.add(one.label + " and " + other.label);
                } else if (simulated.equals(live)) {
                    same.add(live);
                } else if (live.isEmpty()) {
                    simulatedAlone.add(simulated);
                } else if (simulated.isEmpty()) {
                    liveAlone.add(live);
                } else {
                    contrary.add(simulated + " simulated, " + live + " live");
                }
            }
        }
        List<String> parts = new ArrayList<>();
        part("the same order: ", same, parts);
        part("CONTRARY: ", contrary, parts);
        part("apart simulated alone: ", simulatedAlone, parts);
        part("apart live alone: ", liveAlone, parts);
        part("no order: ", none, parts);
        return String.join("; ", parts);
    }

    private static String order(Standing one, Standing other, Range first, Range second) {
        if (first.isBelow(second)) {
            return one.label + " < " + other.label;
        }
        return second.isBelow(first) ? other.label + " < " + one.label : "";
    }

    private static void part(String title, List<String> pairs, List<String> parts) {
        if (!pairs.isEmpty()) {
            parts.add(title + String.join(", ", pairs));
        }
    }
}
