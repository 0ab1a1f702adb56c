package cairn.cluster.node;

/**
 * Real time as nanoseconds since the run began, by the monotonic clock of the host; and a clock of
 * the machine's own, which faults set and make gain.
 */
public final class Timekeeper {

    private static final double MILLION = 1e6;

    private final long zeroNanos;
    private long reading;
    private long readAt;
    private long gain;

    /**
     * A clock that agrees with real time.
     *
     * @param zeroNanos what {@link System#nanoTime} showed when the run began
     */
    public Timekeeper(long zeroNanos) {
        this.zeroNanos = zeroNanos;
    }

    /** Nanoseconds since the run began. */
    public long now() {
        return System.nanoTime() - zeroNanos;
    }

    /** What the machine's own clock shows. */
    public synchronized long reading() {
        long elapsed = now() - readAt;
        return reading + elapsed + Math.round(elapsed * (gain / MILLION));
    }

    /** The real time that passes until the machine's clock has advanced by an amount. */
    public synchronized long real(long clockNanos) {
        return gain == 0 ? clockNanos : Math.round(clockNanos / (1 + gain / MILLION));
    }

    /** Sets the clock forwards, or back if negative, and makes it gain so much from now on. */
    public synchronized void set(long jumpNanos, long gainPartsPerMillion) {
        long now = now();
        reading = reading() + jumpNanos;
        readAt = now;
        gain = gainPartsPerMillion;
    }
}
