package cairn.simulator;

import cairn.fault.Factors;

/** The cores of one machine, which a fault slows down. */
final class Processor {

    private final long[] freeAt;
    private final long[] work;

    /** How slow the work of each core was when it began. */
    private final double[] slownessOfWork;

    private final Factors slowness = new Factors();
    private long slowed;

    /** One core at least. */
    Processor(int cores) {
        freeAt = new long[Math.max(1, cores)];
        work = new long[freeAt.length];
        slownessOfWork = new double[freeAt.length];
    }

    /** What begins from now on takes this many times as long, beside what slows it already. */
    void slow(double factor) {
        slowness.begin(factor);
    }

    /** Ends one slowness by a factor. */
    void recover(double factor) {
        slowness.end(factor);
    }

    /** How often it was slower than it is by itself so far. */
    long slowed() {
        return slowed;
    }

    /** How long something takes for which it needs so many nanoseconds by itself. */
    long nanos(long usual) {
        double factor = slowness.product();
        slowed += usual > 0 && factor != 1 ? 1 : 0;
        return factor == 1 ? usual : Math.round(usual * factor);
    }

    /** Begins to compute on the core that is free first; returns when that is done. */
    long compute(long token, long now, long nanos) {
        int core = 0;
        for (int i = 1; i < freeAt.length; i++) {
            if (freeAt[i] < freeAt[core]) {
                core = i;
            }
        }
        long end = Math.max(now, freeAt[core]) + nanos(nanos);
        freeAt[core] = end;
        work[core] = token;
        slownessOfWork[core] = slowness.product();
        return end;
    }

    /** Stops what computes under a token; returns how much of it is left, by itself. */
    long interrupt(long token, long now) {
        for (int core = 0; core < freeAt.length; core++) {
            if (work[core] == token && freeAt[core] > now) {
                long left = Math.round((freeAt[core] - now) / slownessOfWork[core]);
                freeAt[core] = now;
                return left;
            }
        }
        return 0;
    }
}
