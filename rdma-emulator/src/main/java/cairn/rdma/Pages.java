package cairn.rdma;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * The media, and the last-level cache above them, of a persistent memory that may be far larger
 * than what is held: pages come into being when they are first stored to.
 */
final class Pages {

    private static final int CHUNK_BITS = 9;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int CHUNK_SHIFT = Page.BITS + CHUNK_BITS;

    private final long size;
    private final long cacheLines;
    private final WriteBacks writeBacks;
    private final @Nullable Page[] @Nullable [] chunks;
    private final ArrayDeque<Page> evictionOrder = new ArrayDeque<>();
    private long dirtyLines;

    Pages(long size, long cacheBytes) {
        this.size = size;
        this.cacheLines = cacheBytes / Page.LINE;
        this.writeBacks = new WriteBacks(this);
        this.chunks = new Page[Math.toIntExact(((size - 1) >>> CHUNK_SHIFT) + 1)][];
    }

    WriteBacks writeBacks() {
        return writeBacks;
    }

    void check(long address, long length) {
        if (address < 0 || length < 0 || address > size - length) {
            throw new IndexOutOfBoundsException(
                    "persistent memory has " + size + " bytes: " + address + " + " + length);
        }
    }

    /** The page that holds an address, or null while it is all zeros. */
    @Nullable Page find(long address) {
        @Nullable Page[] chunk = chunks[chunkOf(address)];
        return chunk == null ? null : chunk[inChunk(address)];
    }

    private static int chunkOf(long address) {
        return (int) (address >>> CHUNK_SHIFT);
    }

    private static int inChunk(long address) {
        return (int) (address >>> Page.BITS) & (CHUNK - 1);
    }

    private Page page(long address) {
        int number = chunkOf(address);
        @Nullable Page[] chunk = chunks[number];
        if (chunk == null) {
            chunk = new Page[CHUNK];
            chunks[number] = chunk;
        }
        int slot = inChunk(address);
        Page page = chunk[slot];
        if (page == null) {
            page = new Page();
            chunk[slot] = page;
        }
        return page;
    }

    static int inPage(long address) {
        return (int) address & (Page.BYTES - 1);
    }

    /** How much of a range lies in the page of its first byte. */
    static int runInPage(long address, long length) {
        return (int) Math.min(length, Page.BYTES - inPage(address));
    }

    /** The newest visible bytes. */
    void read(long address, byte[] target, int offset, int length) {
        for (int done = 0; done < length; ) {
            long from = address + done;
            int run = runInPage(from, length - done);
            Page page = find(from);
            if (page == null) {
                Arrays.fill(target, offset + done, offset + done + run, (byte) 0);
            } else {
                page.read(inPage(from), target, offset + done, run);
            }
            done += run;
        }
    }

    /** Whether a store would overwrite lines that are dirty already. */
    boolean overwritesDirty(long address, int length) {
        for (int done = 0; done < length; ) {
            int run = runInPage(address + done, length - done);
            Page page = find(address + done);
            if (page != null && page.dirtyIn(inPage(address + done), run) != 0) {
                return true;
            }
            done += run;
        }
        return false;
    }

    /** Stores to the cache: visible, and dirty. */
    void storeToCache(long address, byte[] source, int offset, int length) {
        for (int done = 0; done < length; ) {
            long to = address + done;
            int run = runInPage(to, length - done);
            Page page = page(to);
            long lines = Page.lines(inPage(to), run);
            page.fill(lines);
            System.arraycopy(source, offset + done, page.cache(), inPage(to), run);
            dirtyLines += Long.bitCount(lines & ~page.dirty());
            page.markDirty(lines);
            if (!page.queued()) {
                page.queued(true);
                evictionOrder.addLast(page);
            }
            done += run;
        }
        while (dirtyLines > cacheLines) {
            evictOldest();
        }
    }

    private void evictOldest() {
        Page oldest = evictionOrder.removeFirst();
        oldest.queued(false);
        clean(oldest, oldest.dirty());
        oldest.dropCache();
    }

    /**
     * Stores to the memory controller: a dirty line that the bytes fall into is written back first.
     */
    void storeToMedia(long address, byte[] source, int offset, int length) {
        for (int done = 0; done < length; ) {
            long to = address + done;
            int run = runInPage(to, length - done);
            Page page = page(to);
            clean(page, page.dirtyIn(inPage(to), run));
            System.arraycopy(source, offset + done, page.media(), inPage(to), run);
            done += run;
        }
    }

    /** Writes the dirty lines of a range back; returns how many bytes moved. */
    long writeBack(long address, long length) {
        long moved = 0;
        for (long done = 0; done < length; ) {
            int run = runInPage(address + done, length - done);
            Page page = find(address + done);
            if (page != null) {
                long lines = page.dirtyIn(inPage(address + done), run);
                moved += (long) Long.bitCount(lines) * Page.LINE;
                clean(page, lines);
            }
            done += run;
        }
        return moved;
    }

    void writeBackAll() {
        while (!evictionOrder.isEmpty()) {
            evictOldest();
        }
    }

    /**
     * Writes lines back and marks them clean. Write-backs that had captured one of them are
     * finished first.
     */
    void clean(Page page, long lines) {
        if (lines == 0) {
            return;
        }
        if ((page.captured() & lines) != 0) {
            writeBacks.finishAll();
        }
        long left = lines & page.dirty();
        forget(page, left);
        byte[] from = page.cache();
        byte[] to = page.media();
        while (left != 0) {
            int start = Long.numberOfTrailingZeros(left) << 6;
            System.arraycopy(from, start, to, start, Page.LINE);
            left &= left - 1;
        }
    }

    /** Marks lines clean without writing them back. */
    void forget(Page page, long lines) {
        long gone = lines & page.dirty();
        dirtyLines -= Long.bitCount(gone);
        page.markClean(gone);
    }

    /** Loses the cache, except for the words that survive; returns how many bytes are lost. */
    long loseCache(Survivors survivors) {
        long lost = 0;
        for (Page page = evictionOrder.pollFirst();
                page != null;
                page = evictionOrder.pollFirst()) {
            page.queued(false);
            for (long left = page.dirty(); left != 0; left &= left - 1) {
                int start = Long.numberOfTrailingZeros(left) << 6;
                int words = survivors.wordsOfLine();
                lost += Page.LINE - 8L * Integer.bitCount(words & 0xff);
                for (int word = 0; word < 8; word++) {
                    if ((words >>> word & 1) != 0) {
                        System.arraycopy(
                                page.cache(), start + 8 * word, page.media(), start + 8 * word, 8);
                    }
                }
            }
            forget(page, page.dirty());
            page.dropCache();
        }
        return lost;
    }

    /** Every byte is zero and nothing is on its way. */
    void clear() {
        Arrays.fill(chunks, null);
        evictionOrder.clear();
        dirtyLines = 0;
    }

    void flip(long address, int bit) {
        page(address).media()[inPage(address)] ^= (byte) (1 << bit);
    }

    boolean isDirty(long address) {
        Page page = find(address);
        return page != null && (page.dirty() >>> (inPage(address) >>> 6) & 1) != 0;
    }
}
