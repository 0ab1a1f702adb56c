package cairn.part.snapshot;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.memory.PagedMemory;

import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The memory at a cut of {@link SharedPages}. It begins as nothing but the application's own pages;
 * a page that the application is about to change is preserved for it, unless it was read before.
 */
public final class SharedSnapshot {

    // Pages that are no longer the application's own: preserved, or read.
    private final BitSet separate = new BitSet();
    private final NavigableMap<Integer, byte[]> preserved = new TreeMap<>();

    /** Whether a page is still the application's own: a change to it would change the snapshot. */
    boolean shares(int page) {
        return !separate.get(page);
    }

    void preserve(int page, byte[] content) {
        preserved.put(page, content);
        separate.set(page);
    }

    /** A page was read: the snapshot needs it no more. */
    void separate(int page) {
        separate.set(page);
        preserved.remove(page);
    }

    /** How many copies it holds. */
    public int copies() {
        return preserved.size();
    }

    /** A page as it was at the cut. */
    public void copyPage(int page, PagedMemory memory, byte[] into, int offset) {
        byte[] kept = preserved.get(page);
        if (kept == null) {
            memory.read((long) page * PAGE_BYTES, into, offset, PAGE_BYTES);
        } else {
            System.arraycopy(kept, 0, into, offset, PAGE_BYTES);
        }
    }
}
