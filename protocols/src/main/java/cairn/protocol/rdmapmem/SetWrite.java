package cairn.protocol.rdmapmem;

import java.util.Arrays;

/** A set that is staged in the buffers: what has to be written where. Reused from set to set. */
final class SetWrite {

    private final Layout layout;
    private final long[] flushFrom;
    private final long[] flushTo;
    private int[] regions = new int[16];
    private long[] staged = new long[16];
    private long[] targets = new long[16];
    private int[] lengths = new int[16];
    private int count;
    private byte[] record = {};
    private long recordOffset;

    SetWrite(Layout layout) {
        this.layout = layout;
        this.flushFrom = new long[layout.regions()];
        this.flushTo = new long[layout.regions()];
    }

    void clear() {
        count = 0;
        Arrays.fill(flushFrom, Long.MAX_VALUE);
        Arrays.fill(flushTo, 0);
    }

    /** Adds a range; one that continues the range before it becomes one with it. */
    void add(int region, long from, long target, int length) {
        flushFrom[region] = Math.min(flushFrom[region], target);
        flushTo[region] = Math.max(flushTo[region], target + length);
        int last = count - 1;
        if (count > 0
                && regions[last] == region
                && staged[last] + lengths[last] == from
                && targets[last] + lengths[last] == target) {
            lengths[last] += length;
            return;
        }
        if (count == regions.length) {
            regions = Arrays.copyOf(regions, 2 * count);
            staged = Arrays.copyOf(staged, 2 * count);
            targets = Arrays.copyOf(targets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        regions[count] = region;
        staged[count] = from;
        targets[count] = target;
        lengths[count++] = length;
    }

    void commitBy(CommitRecord committed) {
        record = committed.encoded();
        recordOffset = layout.ringOffset(committed.sequence());
    }

    int count() {
        return count;
    }

    int region(int range) {
        return regions[range];
    }

    long staged(int range) {
        return staged[range];
    }

    long target(int range) {
        return targets[range];
    }

    int length(int range) {
        return lengths[range];
    }

    int regions() {
        return flushFrom.length;
    }

    /** Whether anything is written to a region. */
    boolean touches(int region) {
        return flushTo[region] > 0;
    }

    /** The first byte written in a region. */
    long from(int region) {
        return flushFrom[region];
    }

    /** How many bytes there are from the first to the last one written in a region. */
    long span(int region) {
        return flushTo[region] - flushFrom[region];
    }

    byte[] record() {
        return record;
    }

    long recordOffset() {
        return recordOffset;
    }
}
