package cairn.model.memory;

import cairn.model.choice.Mix;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * A process's volatile memory: pages that are allocated at the first store and protected one by
 * one. A store to a protected page calls the {@link FaultHandler} before the store takes effect.
 *
 * <p>An untouched page costs no memory, and reads as zero.
 */
public final class PagedMemory implements Memory {

    /** Bytes in a page. */
    public static final int PAGE_BYTES = 4096;

    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_MASK = PAGE_BYTES - 1;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long size;
    private final Frames frames;
    private final boolean looks;
    private final int count;
    private final BitSet protectedPages = new BitSet();
    private final BitSet staleDigests = new BitSet();
    private final long[] pageDigests;
    private long digest;
    private @Nullable FaultHandler handler;
    private boolean tracks;
    private long stores;
    private int mappings = 1;
    private int mostMappings = Integer.MAX_VALUE;
    private long refusals;
    private int grantedMappings = Integer.MAX_VALUE;

    /** Decides what happens at a store to a protected page; it must unprotect the page. */
    @FunctionalInterface
    public interface FaultHandler {
        void onStoreTo(int page);
    }

    /** Zeroed memory in the heap; the size is rounded up to whole pages. */
    public PagedMemory(long bytes) {
        this(new HeapFrames(pages(bytes)));
    }

    /** Memory whose pages lie somewhere; they are zero. */
    public PagedMemory(Frames frames) {
        this.frames = frames;
        this.count = frames.count();
        this.size = (long) count << PAGE_SHIFT;
        this.pageDigests = new long[count];
        this.looks = !frames.guard(this::stopped);
    }

    /** How many pages hold so many bytes. */
    public static int pages(long bytes) {
        if (bytes < 0 || bytes >> PAGE_SHIFT > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("not a size of memory: " + bytes);
        }
        return (int) ((bytes + PAGE_MASK) >> PAGE_SHIFT);
    }

    public int pageCount() {
        return count;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long address, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size);
        long from = address;
        int to = offset;
        int left = length;
        while (left > 0) {
            int within = (int) from & PAGE_MASK;
            int chunk = Math.min(left, PAGE_BYTES - within);
            frames.read((int) (from >> PAGE_SHIFT), within, into, to, chunk);
            from += chunk;
            to += chunk;
            left -= chunk;
        }
    }

    @Override
    public void write(long address, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size);
        long to = address;
        int source = offset;
        int left = length;
        while (left > 0) {
            int within = (int) to & PAGE_MASK;
            int chunk = Math.min(left, PAGE_BYTES - within);
            int page = (int) (to >> PAGE_SHIFT);
            beforeStore(page);
            frames.write(page, within, from, source, chunk);
            staleDigests.set(page);
            to += chunk;
            source += chunk;
            left -= chunk;
        }
    }

    @Override
    public long readLong(long address) {
        Objects.checkFromIndexSize(address, Long.BYTES, size);
        int within = (int) address & PAGE_MASK;
        if (within <= PAGE_BYTES - Long.BYTES) {
            return frames.readLong((int) (address >> PAGE_SHIFT), within);
        }
        byte[] bytes = new byte[Long.BYTES];
        read(address, bytes, 0, Long.BYTES);
        return (long) LONGS.get(bytes, 0);
    }

    @Override
    public void writeLong(long address, long value) {
        Objects.checkFromIndexSize(address, Long.BYTES, size);
        int within = (int) address & PAGE_MASK;
        if (within <= PAGE_BYTES - Long.BYTES) {
            int page = (int) (address >> PAGE_SHIFT);
            beforeStore(page);
            frames.writeLong(page, within, value);
            staleDigests.set(page);
        } else {
            byte[] bytes = new byte[Long.BYTES];
            LONGS.set(bytes, 0, value);
            write(address, bytes, 0, Long.BYTES);
        }
    }

    /** A store by a device, such as a network interface: protection does not see it. */
    public void writeByDevice(long address, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(address, length, size);
        long to = address;
        int done = 0;
        while (done < length) {
            int within = (int) to & PAGE_MASK;
            int chunk = Math.min(length - done, PAGE_BYTES - within);
            int page = (int) (to >> PAGE_SHIFT);
            frames.put(page, within, from, offset + done, chunk);
            staleDigests.set(page);
            to += chunk;
            done += chunk;
        }
    }

    private void beforeStore(int page) {
        stores++;
        if (looks && protectedPages.get(page)) {
            stopped(page);
        }
    }

    /** A store to a protected page stands until this returns. */
    private void stopped(int page) {
        if (handler != null) {
            handler.onStoreTo(page);
        }
        if (protectedPages.get(page)) {
            throw new SegmentationFault(page);
        }
    }

    /** Installs what decides about stores to protected pages. */
    public void onFault(FaultHandler faultHandler) {
        this.handler = faultHandler;
    }

    /**
     * Lets the operating system keep so many mappings of this memory, and no more: neighbouring
     * pages of one protection are one mapping. Linux allows 65,530 for a process unless {@code
     * vm.max_map_count} says otherwise. Throws {@link IllegalArgumentException} below three, with
     * which not one page could be unprotected.
     */
    public void limitMappings(int most) {
        if (most < 3) {
            throw new IllegalArgumentException("three mappings or more: " + most);
        }
        mostMappings = most;
    }

    /** What the operating system grants at the moment, whatever the process expects. */
    public void grantMappings(int most) {
        grantedMappings = most;
    }

    /** How often there were too few mappings for what was asked. */
    public long refusals() {
        return refusals;
    }

    /** How many mappings the memory is: runs of neighbouring pages of one protection. */
    public int mappings() {
        return mappings;
    }

    /**
     * Makes stores to a page fault. Returns false, and changes nothing, if that takes more mappings
     * than there may be (ENOMEM). Throws {@link IllegalStateException} while stores are noted.
     */
    public boolean protect(int page) {
        if (tracks) {
            throw new IllegalStateException("stores are noted: protect all pages first");
        }
        return turn(Objects.checkIndex(page, count), page, true);
    }

    /** Makes stores to every page fault; that always works, and ends {@link #track}. */
    public void protectAll() {
        endTracking();
        protectedPages.set(0, count);
        mappings = 1;
        frames.protect(0, count - 1, true);
    }

    /**
     * Lets stores to every page pass and has them noted, page by page: what changed is learned
     * without a fault, but late, by {@link #collect}. Stores by devices, and pages mapped anew, are
     * not among them.
     */
    public void track() {
        tracks = true;
        protectedPages.clear();
        mappings = 1;
        frames.track(true);
    }

    private void endTracking() {
        if (tracks) {
            tracks = false;
            frames.track(false);
        }
    }

    /** Whether stores are noted, and no page is protected. */
    public boolean isTracked() {
        return tracks;
    }

    /** The pages stored to since {@link #track} or the last call; none where nothing is noted. */
    public BitSet collect() {
        return tracks ? frames.collect() : new BitSet();
    }

    /**
     * Lets stores to a page pass. Returns false, and changes nothing, if that takes more mappings
     * than there may be (ENOMEM).
     */
    public boolean unprotect(int page) {
        return turn(Objects.checkIndex(page, count), page, false);
    }

    /** The same for all pages from one to another, both included. */
    public boolean unprotect(int first, int last) {
        Objects.checkIndex(first, last + 1);
        return turn(first, Objects.checkIndex(last, count), false);
    }

    /** Whether there are mappings enough to unprotect a page. */
    public boolean mayUnprotect(int page) {
        int after = mappingsAfter(Objects.checkIndex(page, count), page, false);
        boolean granted = isGranted(after);
        refusals += granted ? 0 : 1;
        return granted;
    }

    private boolean turn(int first, int last, boolean isProtected) {
        int after = mappingsAfter(first, last, isProtected);
        if (!isGranted(after)) {
            refusals++;
            return false;
        }
        mappings = after;
        protectedPages.set(first, last + 1, isProtected);
        if (!tracks) {
            frames.protect(first, last, isProtected);
        }
        return true;
    }

    private boolean isGranted(int after) {
        return after <= Math.min(mostMappings, grantedMappings) || after <= mappings;
    }

    private int mappingsAfter(int first, int last, boolean isProtected) {
        int after = mappings;
        for (int page = Math.max(first, 1); page <= Math.min(last + 1, count - 1); page++) {
            after -= protectedPages.get(page - 1) == protectedPages.get(page) ? 0 : 1;
        }
        after += first > 0 && protectedPages.get(first - 1) != isProtected ? 1 : 0;
        after += last < count - 1 && protectedPages.get(last + 1) != isProtected ? 1 : 0;
        return after;
    }

    /** The nearest page before one that is not protected, or -1. */
    public int unprotectedBefore(int page) {
        return protectedPages.previousClearBit(page);
    }

    /** The nearest page after one that is not protected, or the number of pages. */
    public int unprotectedAfter(int page) {
        return Math.min(protectedPages.nextClearBit(page), count);
    }

    /**
     * Unmaps the pages from one to another, both included, and maps them anew: they are zero, and
     * may be stored to, as whatever is newly mapped. Stores that {@link #track} noted stay noted.
     */
    public void remap(int first, int last) {
        Objects.checkIndex(first, last + 1);
        Objects.checkIndex(last, count);
        if (!turn(first, last, false)) {
            throw new IllegalStateException("no mapping is left for pages from " + first);
        }
        frames.clear(first, last);
        staleDigests.set(first, last + 1);
    }

    /** Whether a page was never stored to since it was mapped. */
    public boolean isZero(int page) {
        return frames.isZero(page);
    }

    public boolean isProtected(int page) {
        return protectedPages.get(page);
    }

    /**
     * Whether a store to a page is stopped, which is tried where pages are those of the operating
     * system. The store then stands until the page is unprotected.
     */
    public boolean stops(int page) {
        return protectedPages.get(page) && frames.stops(page);
    }

    /**
     * The memory at this instant. It costs a pointer for each page; pages are copied when they are
     * next stored to.
     */
    public Snapshot snapshot() {
        return new Snapshot(frames.snapshot());
    }

    /** Puts a page's content in place, as a restore does: without a fault. */
    public void restorePage(int page, byte[] content) {
        if (content.length != PAGE_BYTES) {
            throw new IllegalArgumentException(
                    "a page has " + PAGE_BYTES + " bytes: " + content.length);
        }
        frames.put(page, 0, content, 0, PAGE_BYTES);
        staleDigests.set(page);
    }

    /** Makes a page zero, as a restore does: without a fault, and without costing memory. */
    public void restoreZero(int page) {
        frames.clear(page, page);
        staleDigests.set(page);
    }

    /** Makes all of it zero again and unprotected, as at boot. */
    public void clear() {
        endTracking();
        protectedPages.clear();
        mappings = 1;
        frames.protect(0, count - 1, false);
        frames.clear(0, count - 1);
        staleDigests.clear();
        Arrays.fill(pageDigests, 0);
        digest = 0;
    }

    /**
     * How many pages were stored to, counting each store; what the digest costs grows with it, not
     * with the size.
     */
    public long stores() {
        return stores;
    }

    /**
     * A digest of the whole content, the same for equal contents. Only pages stored to since the
     * last call are read.
     */
    public long digest() {
        for (int page = staleDigests.nextSetBit(0);
                page >= 0;
                page = staleDigests.nextSetBit(page + 1)) {
            long fresh = digestOf(page, frames.content(page), 0);
            digest += fresh - pageDigests[page];
            pageDigests[page] = fresh;
        }
        staleDigests.clear();
        return digest;
    }

    /** The digest of each page. It costs a number for each page. */
    public PageDigests pageDigests() {
        digest();
        return new PageDigests(pageDigests);
    }

    /**
     * What a page of that number and content adds to the digest of a memory, which is the sum over
     * its pages. Zero pages add nothing, so untouched memory needs no reading.
     *
     * @param offset where the page's bytes begin
     */
    public static long digestOf(int page, byte[] content, int offset) {
        long a = 0;
        long b = 0;
        for (int i = offset; i < offset + PAGE_BYTES; i += 2 * Long.BYTES) {
            a = (a + (long) LONGS.get(content, i)) * Mix.GOLDEN;
            b = (b + (long) LONGS.get(content, i + Long.BYTES)) * 0xD6E8FEB86659FD93L;
            a ^= a >>> 32;
            b ^= b >>> 29;
        }
        return a == 0 && b == 0 ? 0 : Mix.fold(Mix.fold(page, a), b);
    }

    /** The content of a memory at one instant; immutable. */
    public static final class Snapshot {

        private final byte[] @Nullable [] pages;

        private Snapshot(byte[] @Nullable [] pages) {
            this.pages = pages;
        }

        public int pageCount() {
            return pages.length;
        }

        /** Copies a page into a buffer. */
        public void copyPage(int page, byte[] into, int offset) {
            byte[] content = pages[page];
            if (content == null) {
                Arrays.fill(into, offset, offset + PAGE_BYTES, (byte) 0);
            } else {
                System.arraycopy(content, 0, into, offset, PAGE_BYTES);
            }
        }

        /** Whether a page was never stored to. */
        public boolean isZero(int page) {
            return pages[page] == null;
        }
    }
}
