package cairn.model.computation;

import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A rank's memory while it is tried out whether a step finds all pages that it touches. Stores go
 * to copies, so the memory stays as it is; the first page that has not arrived ends the attempt.
 */
final class Rehearsal implements Memory {

    private static final int PAGE_BYTES = PagedMemory.PAGE_BYTES;

    private final PagedMemory memory;
    private final long base;
    private final IntPredicate arrived;
    private final SortedMap<Integer, byte[]> copies = new TreeMap<>();

    /** A page is touched that has not arrived; like a fault of the processor, it has no trace. */
    @SuppressWarnings("serial")
    static final class Absent extends RuntimeException {

        private final int page;

        private Absent(int page) {
            super("page " + page + " has not arrived", null, false, false);
            this.page = page;
        }

        int page() {
            return page;
        }
    }

    /**
     * A rehearsal over a memory whose part for the computation begins at a base.
     *
     * @param arrived which pages are there
     */
    Rehearsal(PagedMemory memory, long base, IntPredicate arrived) {
        this.memory = memory;
        this.base = base;
        this.arrived = arrived;
    }

    @Override
    public long size() {
        return memory.size() - base;
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size());
        for (int done = 0; done < length; ) {
            long at = base + address + done;
            int chunk = chunk(at, length - done);
            byte[] copy = copies.get(page(at));
            if (copy != null) {
                System.arraycopy(copy, within(at), into, offset + done, chunk);
            } else {
                memory.read(present(at), into, offset + done, chunk);
            }
            done += chunk;
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size());
        for (int done = 0; done < length; ) {
            long at = base + address + done;
            int chunk = chunk(at, length - done);
            System.arraycopy(from, offset + done, copy(at), within(at), chunk);
            done += chunk;
        }
    }

    /** Touches a range without changing it. */
    void touch(Span range) {
        read(range.address(), new byte[range.length()], 0, range.length());
    }

    /** Makes a range zero, as mapping it anew does. */
    void clear(Span range) {
        write(range.address(), new byte[range.length()], 0, range.length());
    }

    private byte[] copy(long at) {
        byte[] known = copies.get(page(at));
        if (known != null) {
            return known;
        }
        byte[] fresh = new byte[PAGE_BYTES];
        memory.read(present(at) - within(at), fresh, 0, PAGE_BYTES);
        copies.put(page(at), fresh);
        return fresh;
    }

    private long present(long at) {
        if (!arrived.test(page(at))) {
            throw new Absent(page(at));
        }
        return at;
    }

    private static int page(long at) {
        return (int) (at / PAGE_BYTES);
    }

    private static int within(long at) {
        return (int) (at % PAGE_BYTES);
    }

    private static int chunk(long at, int left) {
        return Math.min(left, PAGE_BYTES - within(at));
    }

    @Override
    public long readLong(long address) {
        byte[] bytes = new byte[Long.BYTES];
        read(address, bytes, 0, Long.BYTES);
        long value = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return value;
    }

    @Override
    public void writeLong(long address, long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (value >>> (Byte.SIZE * i));
        }
        write(address, bytes, 0, Long.BYTES);
    }
}
