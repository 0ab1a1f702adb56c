package cairn.simulator;

import cairn.fault.Factors;
import cairn.model.NodeId;
import cairn.model.fault.Fault;

/** A machine's clock: virtual time, but off by an amount, and running fast or slow. */
public final class Clock {

    private static final long MILLION = 1_000_000;

    /** How fast it runs for each drift that lasts. */
    private final Factors speed = new Factors();

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

    /** A fault sets it, or makes it run fast or slow. */
    public void strike(Fault.OfClock fault, long now) {
        switch (fault) {
            case Fault.ClockSkew(NodeId _, long nanos) -> jump(now, nanos);
            case Fault.ClockJump(NodeId _, long nanos) -> jump(now, nanos);
            case Fault.ClockDrift(NodeId _, long gain) -> drift(now, gain);
        }
    }

    /** The fault is healed. */
    public void heal(Fault.OfClock fault, long now) {
        switch (fault) {
            case Fault.ClockSkew(NodeId _, long nanos) -> jump(now, -nanos);
            case Fault.ClockJump _ -> {
                // Over in an instant; what it did remains.
            }
            case Fault.ClockDrift(NodeId _, long gain) -> endDrift(now, gain);
        }
    }

    /** How often anybody may have noticed a fault so far. */
    long effects(Fault.OfClock fault) {
        return switch (fault) {
            case Fault.ClockSkew _, Fault.ClockJump _ -> readings;
            // Whoever waits by it notices too that it runs fast or slow.
            case Fault.ClockDrift _ -> readings + waits;
        };
    }

    /** Sets the clock forwards, or back if negative. */
    public void jump(long now, long nanos) {
        reading = shown(now) + nanos;
        readAt = now;
    }

    /**
     * Makes the clock gain so many parts in a million from now on, beside what it gains already.
     */
    public void drift(long now, long gainPartsPerMillion) {
        speed.begin(factor(gainPartsPerMillion));
        run(now);
    }

    /**
     * It gains no longer what it did since a {@link #drift}; what it has gained stays.
     *
     * @throws IllegalStateException if no such drift lasts
     */
    public void endDrift(long now, long gainPartsPerMillion) {
        speed.end(factor(gainPartsPerMillion));
        run(now);
    }

    private void run(long now) {
        reading = shown(now);
        readAt = now;
        // However slow, it does not stand: a timer would never run out.
        partsPerMillion = Math.max(1 - MILLION, Math.round((speed.product() - 1) * MILLION));
    }

    private static double factor(long gainPartsPerMillion) {
        return 1 + gainPartsPerMillion / (double) MILLION;
    }

    private static long scaled(long nanos, long ppm) {
        return nanos / MILLION * ppm + nanos % MILLION * ppm / MILLION;
    }
}
