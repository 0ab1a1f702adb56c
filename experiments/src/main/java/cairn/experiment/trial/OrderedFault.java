package cairn.experiment.trial;

import cairn.model.choice.Law;
import cairn.model.fault.FaultTally;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry of an experiment's faults: what the experiment claims to have tried.
 *
 * @param text as the file says it
 * @param planned how many faults at given times and moments it orders
 * @param random how many it orders at times asked of the choices
 * @param gapNanos the law of the time until one of the latter first strikes
 * @param untilNanos no fault strikes later
 */
public record OrderedFault(
        String text, int planned, int random, Optional<Law> gapNanos, long untilNanos) {

    private static final int BITS = 53;

    /**
     * What became of each entry in a run, given what became of each fault of its plan: those
     * planned, then those at random, then others that no entry orders.
     */
    public static List<FaultTally> tallies(List<OrderedFault> entries, List<FaultTally> faults) {
        List<FaultTally> tallies = new ArrayList<>();
        int nextPlanned = 0;
        int nextRandom = entries.stream().mapToInt(OrderedFault::planned).sum();
        for (OrderedFault entry : entries) {
            tallies.add(
                    sum(faults.subList(nextPlanned, nextPlanned + entry.planned))
                            .and(sum(faults.subList(nextRandom, nextRandom + entry.random))));
            nextPlanned += entry.planned;
            nextRandom += entry.random;
        }
        return tallies;
    }

    private static FaultTally sum(List<FaultTally> tallies) {
        return tallies.stream().reduce(FaultTally.NONE, FaultTally::and);
    }

    /**
     * In how many of so many runs it is to be expected to strike, each at each of its places
     * counted, if none is longer than this; what is planned is to be expected in all.
     */
    public double expected(long runs, long longestNanos) {
        return planned > 0 || gapNanos.isEmpty()
                ? (double) runs
                : runs * random * share(gapNanos.get(), Math.min(longestNanos, untilNanos));
    }

    /** How likely it is that a law answers no more than this: its quantiles grow. */
    private static double share(Law law, long most) {
        long below = 0;
        long above = 1L << BITS;
        while (below < above) {
            long middle = (below + above) >>> 1;
            if (law.at(middle << (Long.SIZE - BITS)) <= most) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        return (double) below / (1L << BITS);
    }
}
