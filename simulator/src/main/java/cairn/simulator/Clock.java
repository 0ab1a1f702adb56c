package cairn.simulator;

/** A machine's clock: virtual time, but off by an amount, and running fast or slow. */
public final class Clock {

    private static final long MILLION = 1_000_000;

    private long reading;
    private long readAt;
    private long partsPerMillion;

    /**
     * What the clock shows at a virtual time that is not before the last one asked for a change.
     */
    public long reading(long now) {
        long elapsed = now - readAt;
        return reading + elapsed + scaled(elapsed, partsPerMillion);
    }

    /** The virtual time that passes until the clock has advanced by an amount. */
    public long virtual(long clockNanos) {
        return partsPerMillion == 0
                ? clockNanos
                : Math.round(clockNanos / (1 + partsPerMillion / (double) MILLION));
    }

    /** Sets the clock forwards, or back if negative. */
    public void jump(long now, long nanos) {
        reading = reading(now) + nanos;
        readAt = now;
    }

    /** Makes the clock gain so many parts in a million from now on. */
    public void drift(long now, long gainPartsPerMillion) {
        reading = reading(now);
        readAt = now;
        partsPerMillion = gainPartsPerMillion;
    }

    private static long scaled(long nanos, long ppm) {
        return nanos / MILLION * ppm + nanos % MILLION * ppm / MILLION;
    }
}
