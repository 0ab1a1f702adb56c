package cairn.model.memory;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Pages in the heap: allocated at the first store, and shared with snapshots until the next one.
 * They stop no store; the memory looks before each.
 */
final class HeapFrames implements Frames {

    private static final byte[] ZERO_PAGE = new byte[PAGE_BYTES];
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] pages;
    private final BitSet shared = new BitSet();
    private final BitSet noted = new BitSet();
    private boolean notes;

    HeapFrames(int count) {
        pages = new byte[count][];
        clear(0, count - 1);
    }

    @Override
    public int count() {
        return pages.length;
    }

    @Override
    public boolean guard(PagedMemory.FaultHandler stopped) {
        return false;
    }

    @Override
    public void read(int page, int within, byte[] into, int offset, int length) {
        System.arraycopy(pages[page], within, into, offset, length);
    }

    @Override
    public long readLong(int page, int within) {
        return (long) LONGS.get(pages[page], within);
    }

    @Override
    public void write(int page, int within, byte[] from, int offset, int length) {
        note(page);
        System.arraycopy(from, offset, own(page), within, length);
    }

    @Override
    public void writeLong(int page, int within, long value) {
        note(page);
        LONGS.set(own(page), within, value);
    }

    private void note(int page) {
        if (notes) {
            noted.set(page);
        }
    }

    @Override
    public void put(int page, int within, byte[] from, int offset, int length) {
        if (length == PAGE_BYTES) {
            pages[page] = Arrays.copyOfRange(from, offset, offset + PAGE_BYTES);
            shared.clear(page);
        } else {
            System.arraycopy(from, offset, own(page), within, length);
        }
    }

    /** The page's own bytes, after a copy if a snapshot shares it. */
    private byte[] own(int page) {
        if (shared.get(page)) {
            pages[page] = pages[page].clone();
            shared.clear(page);
        }
        return pages[page];
    }

    @Override
    public void clear(int first, int last) {
        Arrays.fill(pages, first, last + 1, ZERO_PAGE);
        shared.set(first, last + 1);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean isZero(int page) {
        return pages[page] == ZERO_PAGE;
    }

    @Override
    public byte[] content(int page) {
        return pages[page];
    }

    @Override
    public byte[] @Nullable [] snapshot() {
        shared.set(0, pages.length);
        byte[] @Nullable [] contents = new byte[pages.length][];
        for (int page = 0; page < pages.length; page++) {
            contents[page] = isZero(page) ? null : pages[page];
        }
        return contents;
    }

    @Override
    public void protect(int first, int last, boolean isProtected) {
        // Who looks before each store knows which are protected.
    }

    @Override
    public boolean stops(int page) {
        return true;
    }

    @Override
    public void track(boolean isOn) {
        notes = isOn;
        noted.clear();
    }

    @Override
    public BitSet collect() {
        BitSet stored = (BitSet) noted.clone();
        noted.clear();
        return stored;
    }
}
