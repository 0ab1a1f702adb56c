package cairn.simulator.disk;

import cairn.simulator.kernel.Cores;

import java.util.Arrays;

/**
 * The device that the disks of all machines lie on, where these are processes of one host. A sync
 * that begins while others are under way takes longer by a part for each of them: their file system
 * has one journal, which is made durable for all. For a part of its time a sync computes, and waits
 * for a core that does nothing else.
 */
public final class SharedDevice {

    private final Cores cores;
    private final long coreNanos;
    private final long syncNanos;

    /** When the syncs under way end; used from the front. */
    private long[] ends = new long[4];

    private int underWay;

    /**
     * A device that nobody uses.
     *
     * @param coreNanos for which a sync computes on one of the cores
     * @param syncNanos by which each other sync under way makes one longer; 0 if every machine has
     *     a disk of its own
     */
    public SharedDevice(Cores cores, long coreNanos, long syncNanos) {
        this.cores = cores;
        this.coreNanos = coreNanos;
        this.syncNanos = syncNanos;
    }

    /** Begins a sync that takes so long alone; returns how long it takes now. */
    long sync(long now, long aloneNanos) {
        long nanos = aloneNanos;
        if (coreNanos > 0) {
            long computed = Math.min(coreNanos, aloneNanos);
            nanos = cores.done(now, computed) - now + aloneNanos - computed;
        }
        if (syncNanos == 0) {
            return nanos;
        }
        int left = 0;
        for (int i = 0; i < underWay; i++) {
            if (ends[i] > now) {
                ends[left++] = ends[i];
            }
        }
        nanos += left * syncNanos;
        if (left == ends.length) {
            ends = Arrays.copyOf(ends, 2 * left);
        }
        ends[left] = now + nanos;
        underWay = left + 1;
        return nanos;
    }
}
