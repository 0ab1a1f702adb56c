package cairn.report.statistics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers in a row, as many as there are: the first {@value #ON_HEAP} on the heap, all others in
 * temporary files that are mapped into memory. So what a campaign holds does not grow with its
 * trials: how much of the files is in memory is up to the operating system.
 *
 * <p>The files lie in {@code java.io.tmpdir}. They have no name any more once they are open, so
 * nothing is left of a process that is killed. Their space is taken before they are mapped, so that
 * a disk that is full is an exception and not a signal.
 *
 * <p>Not for several threads while it changes.
 */
public final class LongList {

    private static final int HEAP_BITS = 13;
    private static final int ON_HEAP = 1 << HEAP_BITS;
    private static final int DIGIT_BITS = 16;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int DIGIT = DIGITS - 1;

    private final Arena arena;
    // Each as large as all that is before it.
    private final List<MemorySegment> mapped = new ArrayList<>();
    private long[] heap = new long[16];
    private int size;

    /** An empty list, whose files go when it is not used any more. */
    public LongList() {
        this(Arena.ofAuto());
    }

    /** An empty list, whose files go when the arena is closed. */
    LongList(Arena arena) {
        this.arena = arena;
    }

    /** A list of so many zeros. */
    public static LongList zeros(int size) {
        var zeros = new LongList();
        zeros.grow(size);
        return zeros;
    }

    public int size() {
        return size;
    }

    /** The number at a place, from 0. */
    public long get(int place) {
        if (place < ON_HEAP) {
            return heap[place];
        }
        int chunk = chunk(place);
        return mapped.get(chunk).getAtIndex(ValueLayout.JAVA_LONG, place - (ON_HEAP << chunk));
    }

    /** Puts another number in the place of the one that is there. */
    public void set(int place, long value) {
        if (place < ON_HEAP) {
            heap[place] = value;
        } else {
            int chunk = chunk(place);
            mapped.get(chunk).setAtIndex(ValueLayout.JAVA_LONG, place - (ON_HEAP << chunk), value);
        }
    }

    /** Puts a number behind the last one. */
    public void add(long value) {
        grow(size + 1);
        set(size - 1, value);
    }

    private static int chunk(int place) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(place >> HEAP_BITS);
    }

    private void grow(int wanted) {
        if (heap.length < Math.min(wanted, ON_HEAP)) {
            int doubled = Math.max(2 * heap.length, Integer.highestOneBit(wanted - 1) << 1);
            heap = Arrays.copyOf(heap, Math.min(ON_HEAP, doubled));
        }
        while (wanted > ON_HEAP && mapped.size() <= chunk(wanted - 1)) {
            mapped.add(map(((long) Long.BYTES * ON_HEAP) << mapped.size()));
        }
        size = wanted;
    }

    private MemorySegment map(long bytes) {
        try {
            Path file = Files.createTempFile("cairn", ".longs");
            try (var channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE)) {
                var zeros = ByteBuffer.allocate(Long.BYTES * ON_HEAP);
                for (long at = 0; at < bytes; at += zeros.capacity()) {
                    zeros.clear();
                    while (zeros.hasRemaining()) {
                        channel.write(zeros, at + zeros.position());
                    }
                }
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sorts all numbers, the least first. */
    void sort() {
        if (size <= ON_HEAP) {
            Arrays.sort(heap, 0, size);
            return;
        }
        try (var scratch = Arena.ofConfined()) {
            var other = new LongList(scratch);
            other.grow(size);
            // An even number of passes, so that the last one ends here.
            for (int shift = 0; shift < Long.SIZE; shift += 2 * DIGIT_BITS) {
                deal(other, shift);
                other.deal(this, shift + DIGIT_BITS);
            }
        }
    }

    /** A pass of a radix sort: copies all numbers into another list in the order of one digit. */
    private void deal(LongList to, int shift) {
        int[] places = new int[DIGITS + 1];
        for (int i = 0; i < size; i++) {
            places[digit(get(i), shift) + 1]++;
        }
        for (int digit = 0; digit < DIGITS; digit++) {
            places[digit + 1] += places[digit];
        }
        for (int i = 0; i < size; i++) {
            long value = get(i);
            to.set(places[digit(value, shift)]++, value);
        }
    }

    /** Of a number whose sign is turned, so that negative ones come first. */
    private static int digit(long value, int shift) {
        return (int) ((value ^ Long.MIN_VALUE) >>> shift) & DIGIT;
    }
}
