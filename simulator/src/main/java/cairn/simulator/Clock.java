package cairn.simulator;

/** A machine's clock: virtual time, but off by an amount, and running fast or slow. */
public final class Clock {

    private static final long MILLION = 1_000_000;

    private long reading;
    private long readAt;
    private long partsPerMillion;
    private long readings;
    private long waits;

    /**
     * What the clock shows at a virtual time that is not before the last one asked for a change.
     */
    public long reading(long now) {
        readings++;
        return shown(now);
    }

    private long shown(long now) {
        long elapsed = now - readAt;
        return reading + elapsed + scaled(elapsed, partsPerMillion);
    }

    /** The virtual time that passes until the clock has advanced by an amount. */
    public long virtual(long clockNanos) {
        waits++;
        return partsPerMillion == 0
                ? clockNanos
                : Math.round(clockNanos / (1 + partsPerMillion / (double) MILLION));
    }

    /** Sets the clock forwards, or back if negative. */
    public void jump(long now, long nanos) {
        reading = shown(now) + nanos;
        readAt = now;
    }

    /** Makes the clock gain so many parts in a million from now on. */
    public void drift(long now, long gainPartsPerMillion) {
        reading = shown(now);
        readAt = now;
        partsPerMillion = gainPartsPerMillion;
    }

    /** How often anybody has read it: only they notice that it was set. */
    long readings() {
        return readings;
    }

    /** How often anybody has read it or waited by it: they notice that it runs fast or slow. */
    long uses() {
        return readings + waits;
    }

    private static long scaled(long nanos, long ppm) {
        return nanos / MILLION * ppm + nanos % MILLION * ppm / MILLION;
    }
}
