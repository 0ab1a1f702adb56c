package cairn.simulator.disk;

import java.util.Arrays;

/**
 * The device that the disks of all machines lie on, where these are processes of one host. A sync
 * that begins while others are under way takes longer by a part for each of them: their file system
 * has one journal, which is made durable for all.
 */
public final class SharedDevice {

    private final long syncNanos;

    /** When the syncs under way end; used from the front. */
    private long[] ends = new long[4];

    private int underWay;

    /**
     * A device that nobody uses.
     *
     * @param syncNanos by which each other sync under way makes one longer; 0 if every machine has
     *     a disk of its own
     */
    public SharedDevice(long syncNanos) {
        this.syncNanos = syncNanos;
    }

    /** Begins a sync that takes so long alone; returns how long it takes now. */
    long sync(long now, long aloneNanos) {
        if (syncNanos == 0) {
            return aloneNanos;
        }
        int left = 0;
        for (int i = 0; i < underWay; i++) {
            if (ends[i] > now) {
                ends[left++] = ends[i];
            }
        }
        long nanos = aloneNanos + left * syncNanos;
        if (left == ends.length) {
            ends = Arrays.copyOf(ends, 2 * left);
        }
        ends[left] = now + nanos;
        underWay = left + 1;
        return nanos;
    }
}
