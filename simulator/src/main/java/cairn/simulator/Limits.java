package cairn.simulator;

/**
 * When a run ends.
 *
 * @param faultsUntilNanos from this time on nothing fails any more and all is healed
 * @param settleNanos how long the run goes on after the last answer, so that what is under way can
 *     end
 * @param restartNanos how long after it halted by itself a process is started again
 * @param mostEvents how many kernel events at the most; a run that needs more is stuck
 */
public record Limits(long faultsUntilNanos, long settleNanos, long restartNanos, long mostEvents) {

    /** Faults for ten virtual seconds, a millisecond to settle, and at most 50 million events. */
    public static final Limits DEFAULT =
            new Limits(10_000_000_000L, 1_000_000, 1_000_000, 50_000_000);

    public Limits {
        if (faultsUntilNanos < 0 || settleNanos < 0 || restartNanos < 0 || mostEvents < 1) {
            throw new IllegalArgumentException(
                    "times are zero or more, and events one or more: "
                            + faultsUntilNanos
                            + ", "
                            + settleNanos
                            + ", "
                            + restartNanos
                            + ", "
                            + mostEvents);
        }
    }
}
