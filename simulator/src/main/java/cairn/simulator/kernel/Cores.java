package cairn.simulator.kernel;

import java.util.Arrays;

/**
 * Cores that all machines of a run share: who wants one gets the first that is free, and keeps it
 * until its work is done. Where each machine has its own, nobody waits.
 */
public final class Cores {

    private final long[] freeAt;

    /** So many cores; 0 if nothing is shared. */
    public Cores(int count) {
        freeAt = new long[count];
    }

    /** Whether work waits for other work here. */
    public boolean areShared() {
        return freeAt.length > 0;
    }

    /**
     * When work is done that can begin at a time and takes so long of a core. What asks first goes
     * first, also if another could have begun earlier.
     */
    public long done(long from, long nanos) {
        return done(from, nanos, 0);
    }

    /** The same for work behind which its core does something else for which nobody waits. */
    public long done(long from, long nanos, long afterNanos) {
        if (freeAt.length == 0) {
            return from + nanos;
        }
        int first = 0;
        for (int core = 1; core < freeAt.length; core++) {
            if (freeAt[core] < freeAt[first]) {
                first = core;
            }
        }
        long end = Math.max(from, freeAt[first]) + nanos;
        freeAt[first] = end + afterNanos;
        return end;
    }

    @Override
    public String toString() {
        return "cores free at " + Arrays.toString(freeAt);
    }
}
