package cairn.model.memory;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/**
 * Where the pages of a {@link PagedMemory} lie, and what stops stores to those that are protected.
 * Two kinds: pages in the heap, before which the memory looks itself, and those of a region that
 * the operating system protects. Offsets are within a page; nothing crosses a page's end.
 */
public interface Frames {

    /** How many pages. */
    int count();

    /**
     * Stops stores to protected pages from now on and tells of each while it stands, if it is able
     * to. Returns whether it is; if not, the memory has to look before each store.
     *
     * @param stopped unprotects the page, or throws, and then so does the store
     */
    boolean guard(PagedMemory.FaultHandler stopped);

    void read(int page, int within, byte[] into, int offset, int length);

    long readLong(int page, int within);

    /** A store by the processor. */
    void write(int page, int within, byte[] from, int offset, int length);

    /** A store by the processor. */
    void writeLong(int page, int within, long value);

    /** A store by a device, or of a restore: protection and tracking do not see it. */
    void put(int page, int within, byte[] from, int offset, int length);

    /**
     * The pages from one to another, both included, are zero and cost no memory, past protection.
     */
    void clear(int first, int last);

    /** Whether a page was never stored to since it was cleared. */
    boolean isZero(int page);

    /** All bytes of a page, to be looked at until the next call. */
    byte[] content(int page);

    /** The contents of all pages at this instant; {@code null} for one that is zero. */
    byte[] @Nullable [] snapshot();

    /** Stores to the pages from one to another, both included, are stopped from now on, or pass. */
    void protect(int first, int last, boolean isProtected);

    /**
     * Tries a store that changes nothing on a protected page, and returns whether it was stopped;
     * it then stands until the page is unprotected.
     */
    boolean stops(int page);

    /**
     * All stores pass from now on, and it is noted which pages they are to; or it is no more. While
     * it is, nothing is protected.
     */
    void track(boolean isOn);

    /** The pages stored to since {@link #track} or the last call. */
    BitSet collect();
}
