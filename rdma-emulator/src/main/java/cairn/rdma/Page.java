package cairn.rdma;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * 4 KiB of persistent memory: what the media hold and, over it, 64-byte cache lines that are dirty.
 */
final class Page {

    static final int BITS = 12;
    static final int BYTES = 1 << BITS;
    static final int LINE = 64;

    private byte @Nullable [] media;
    private byte @Nullable [] cache;

    /** One bit for each line whose newest value is in {@code cache}. */
    private long dirty;

    /**
     * One bit for each dirty line that a write-back of the processor has captured and not finished.
     */
    private long captured;

    /** Whether the page stands in the queue from which the cache evicts. */
    private boolean queued;

    /** The lines that a range inside the page touches, as bits. */
    static long lines(int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int first = offset >>> 6;
        int last = (offset + length - 1) >>> 6;
        return (-1L << first) & (-1L >>> (63 - last));
    }

    long dirty() {
        return dirty;
    }

    /** The dirty ones among the lines that a range inside the page touches, as bits. */
    long dirtyIn(int offset, int length) {
        return dirty & lines(offset, length);
    }

    long captured() {
        return captured;
    }

    void capture(long lines) {
        captured |= lines;
    }

    void release(long lines) {
        captured &= ~lines;
    }

    boolean queued() {
        return queued;
    }

    void queued(boolean now) {
        queued = now;
    }

    void markDirty(long lines) {
        dirty |= lines;
    }

    void markClean(long lines) {
        dirty &= ~lines;
    }

    /** The newest visible bytes. */
    void read(int offset, byte[] target, int at, int length) {
        if (dirtyIn(offset, length) == 0) {
            copyOrClear(media, offset, target, at, length);
            return;
        }
        int done = 0;
        while (done < length) {
            int from = offset + done;
            int run = Math.min(length - done, LINE - (from & (LINE - 1)));
            byte[] held = (dirty >>> (from >>> 6) & 1) != 0 ? cache : media;
            copyOrClear(held, from, target, at + done, run);
            done += run;
        }
    }

    private static void copyOrClear(
            byte @Nullable [] source, int offset, byte[] target, int at, int length) {
        if (source == null) {
            Arrays.fill(target, at, at + length, (byte) 0);
        } else {
            System.arraycopy(source, offset, target, at, length);
        }
    }

    /** The array that holds a line's newest value; null stands for zeros. */
    byte @Nullable [] newest(int offset) {
        return (dirty >>> (offset >>> 6) & 1) != 0 ? cache : media;
    }

    byte[] media() {
        byte[] held = media;
        if (held == null) {
            held = new byte[BYTES];
            media = held;
        }
        return held;
    }

    byte[] cache() {
        byte[] held = cache;
        if (held == null) {
            held = new byte[BYTES];
            cache = held;
        }
        return held;
    }

    /** Frees the cached copy of a page that has become clean. */
    void dropCache() {
        cache = null;
        dirty = 0;
        captured = 0;
    }

    /**
     * Brings clean lines that are about to be stored to in part into the cache, neighbours included
     * (PMU-19).
     */
    void fill(long lines) {
        long missing = lines & ~dirty;
        byte[] held = media;
        byte[] target = cache();
        while (missing != 0) {
            int start = Long.numberOfTrailingZeros(missing) << 6;
            copyOrClear(held, start, target, start, LINE);
            missing &= missing - 1;
        }
    }
}
