package cairn.application.trace;

/**
 * How a trace is replayed.
 *
 * @param file the trace: a path to a CSV file, plain or compressed by gzip, with the columns {@code
 *     epoch,page,stores}; or {@link #PHASES} for a small one that was made up
 * @param ranks how many ranks replay it, two or more, each by itself
 * @param intervalNanos the time that an interval of the trace takes, above zero; 1 ms for the
 *     million instructions of a recorded one
 * @param exchangeEvery after how many intervals neighbours exchange a value; 0 for never
 */
public record TraceSettings(String file, int ranks, long intervalNanos, int exchangeEvery) {

    /** The trace that needs no file. */
    public static final String PHASES = "phases";

    /** The small trace on two ranks, a millisecond for each interval. */
    public static final TraceSettings DEFAULT = new TraceSettings(PHASES, 2, 1_000_000, 1);

    public TraceSettings {
        if (ranks < 2 || intervalNanos < 1 || exchangeEvery < 0) {
            throw new IllegalArgumentException(
                    "two ranks, a nanosecond and an exchange after zero intervals, or more: "
                            + ranks
                            + ", "
                            + intervalNanos
                            + ", "
                            + exchangeEvery);
        }
    }
}
