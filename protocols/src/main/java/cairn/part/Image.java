package cairn.part;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.memory.PagedMemory;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A checkpoint as bytes, for a file or a message: pages of a memory, and what its process held
 * beside them. A full image restores by itself; a delta holds the pages that differ from those of
 * its base, and is put on top of it. Immutable.
 *
 * <p>All numbers are little endian:
 *
 * <pre>
 * offset        bytes      content
 *      0            8      "CairnIm1"
 *      8            8      owner: whose memory it is, any number that its reader knows
 *     16            8      epoch
 *     24            8      base: the epoch that a delta is put on; of a full image its own
 *     32            4      m, pages of the memory
 *     36            4      n, pages in this image: a full one holds all that are not zero
 *     40            8      s, bytes of state
 *     48           4n      the numbers of the pages, ascending; the highest bit marks a page that is
 *                          zero, and of which the number is all there is
 *     48+4n     4,096k     the k of these pages that are not zero
 *    ...            s      state: what the process held beside its memory
 *    ...            8      checksum (CRC32C) of all that
 * </pre>
 */
public final class Image {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long MAGIC = 0x316d496e72696143L;
    private static final int OWNER_AT = 8;
    private static final int EPOCH_AT = 16;
    private static final int BASE_AT = 24;
    private static final int MEMORY_AT = 32;
    private static final int PAGES_AT = 36;
    private static final int STATE_AT = 40;
    private static final int HEADER_BYTES = 48;
    private static final int ZERO_MARK = 1 << 31;

    private final byte[] bytes;

    private Image(byte[] bytes) {
        this.bytes = bytes;
    }

    /** All pages, without state beside them. */
    public static Image full(long owner, Epoch epoch, PagedMemory.Snapshot memory) {
        return full(owner, epoch, memory, new byte[0]);
    }

    /** All pages; zero pages take no room. */
    public static Image full(long owner, Epoch epoch, PagedMemory.Snapshot memory, byte[] state) {
        BitSet pages = new BitSet(memory.pageCount());
        for (int page = 0; page < memory.pageCount(); page++) {
            pages.set(page, !memory.isZero(page));
        }
        return of(owner, epoch, epoch, memory, pages, state);
    }

    /**
     * The pages that changed since an earlier checkpoint; throws {@link IllegalArgumentException}
     * if that is not earlier.
     */
    public static Image delta(
            long owner,
            Epoch epoch,
            Epoch base,
            PagedMemory.Snapshot memory,
            BitSet changed,
            byte[] state) {
        if (!epoch.isAfter(base)) {
            throw new IllegalArgumentException("a delta follows its base: " + epoch + ", " + base);
        }
        return of(owner, epoch, base, memory, changed, state);
    }

    private static Image of(
            long owner,
            Epoch epoch,
            Epoch base,
            PagedMemory.Snapshot memory,
            BitSet pages,
            byte[] state) {
        BitSet zero = new BitSet();
        pages.stream().filter(memory::isZero).forEach(zero::set);
        Draft draft = new Draft(owner, epoch, base, memory.pageCount(), pages, zero, state);
        draft.missing()
                .forEach(page -> memory.copyPage(page, draft.bytes, (int) draft.offset(page)));
        draft.missing.clear();
        return draft.finish();
    }

    /**
     * An image on its way: which pages it holds, which of them are zero and what state are known,
     * and the contents of the others follow in any order.
     */
    public static final class Draft {

        private final byte[] bytes;
        private final int[] numbers;
        private final int contents;
        private final BitSet missing = new BitSet();

        /**
         * An image without contents yet; full if it is its own base.
         *
         * @param pages which it holds
         * @param zero which of these are zero
         */
        public Draft(
                long owner,
                Epoch epoch,
                Epoch base,
                int memoryPages,
                BitSet pages,
                BitSet zero,
                byte[] state) {
            missing.or(pages);
            missing.andNot(zero);
            numbers = missing.stream().toArray();
            int count = pages.cardinality();
            contents = HEADER_BYTES + count * Integer.BYTES;
            long size = contents + (long) numbers.length * PAGE_BYTES + state.length + Seal.BYTES;
            bytes = new byte[Math.toIntExact(size)];
            LONGS.set(bytes, 0, MAGIC);
            LONGS.set(bytes, OWNER_AT, owner);
            LONGS.set(bytes, EPOCH_AT, epoch.number());
            LONGS.set(bytes, BASE_AT, base.number());
            INTS.set(bytes, MEMORY_AT, memoryPages);
            INTS.set(bytes, PAGES_AT, count);
            LONGS.set(bytes, STATE_AT, (long) state.length);
            int number = HEADER_BYTES;
            for (int page = pages.nextSetBit(0); page >= 0; page = pages.nextSetBit(page + 1)) {
                INTS.set(bytes, number, zero.get(page) ? page | ZERO_MARK : page);
                number += Integer.BYTES;
            }
            System.arraycopy(state, 0, bytes, (int) size - Seal.BYTES - state.length, state.length);
        }

        /** Whether a page's content is still to come. */
        public boolean isMissing(int page) {
            return missing.get(page);
        }

        /** The first page from one on whose content is still to come, or -1. */
        public int nextMissing(int from) {
            return missing.nextSetBit(from);
        }

        private IntStream missing() {
            return missing.stream();
        }

        /** Where a page that is not zero has its content. */
        public long offset(int page) {
            int place = Arrays.binarySearch(numbers, page);
            if (place < 0) {
                throw new IllegalArgumentException("not a page of this image: " + page);
            }
            return contents + (long) place * PAGE_BYTES;
        }

        /** Takes the content of a page as it is now, and returns it. */
        public byte[] take(int page, PagedMemory memory) {
            byte[] content = new byte[PAGE_BYTES];
            memory.read((long) page * PAGE_BYTES, content, 0, PAGE_BYTES);
            System.arraycopy(content, 0, bytes, (int) offset(page), PAGE_BYTES);
            missing.clear(page);
            return content;
        }

        /** What comes before the contents. */
        public byte[] head() {
            return Arrays.copyOf(bytes, contents);
        }

        /** Where {@link #tail} begins. */
        public long tailOffset() {
            return contents + (long) numbers.length * PAGE_BYTES;
        }

        /** What comes after the contents, once all are there. */
        public byte[] tail() {
            finish();
            return Arrays.copyOfRange(bytes, (int) tailOffset(), bytes.length);
        }

        /** The image; throws {@link IllegalStateException} if a content is missing. */
        public Image finish() {
            if (!missing.isEmpty()) {
                throw new IllegalStateException("without a content: pages " + missing);
            }
            return new Image(Seal.close(bytes));
        }
    }

    /**
     * The image of an owner's memory that was made of these bytes; null if they are none: torn,
     * rotten, cut off, or another owner's.
     */
    public static @Nullable Image read(long owner, byte[] bytes) {
        boolean whole =
                bytes.length >= HEADER_BYTES + Seal.BYTES
                        && (long) LONGS.get(bytes, 0) == MAGIC
                        && (long) LONGS.get(bytes, OWNER_AT) == owner
                        && Seal.isWhole(bytes);
        return whole ? new Image(bytes.clone()) : null;
    }

    public Epoch epoch() {
        return new Epoch((long) LONGS.get(bytes, EPOCH_AT));
    }

    /** The checkpoint that this one is put on; itself for a full one. */
    public Epoch base() {
        return new Epoch((long) LONGS.get(bytes, BASE_AT));
    }

    public boolean isFull() {
        return epoch().equals(base());
    }

    /** How many pages it holds. */
    public int pageCount() {
        return (int) INTS.get(bytes, PAGES_AT);
    }

    /** What the process held beside its memory. */
    public byte[] state() {
        int length = Math.toIntExact((long) LONGS.get(bytes, STATE_AT));
        byte[] state = new byte[length];
        System.arraycopy(bytes, bytes.length - Seal.BYTES - length, state, 0, length);
        return state;
    }

    /** How many bytes it has, as a file or in a message. */
    public int size() {
        return bytes.length;
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Puts its pages in place: after a full image the memory is the one of the checkpoint, whatever
     * it held before; after a delta it is if it was that of the base. Throws {@link
     * IllegalArgumentException}, and changes nothing, if the memory has another size.
     */
    public void restoreInto(PagedMemory memory) {
        int memoryPages = (int) INTS.get(bytes, MEMORY_AT);
        if (memory.pageCount() != memoryPages) {
            throw new IllegalArgumentException(
                    "an image of " + memoryPages + " pages for " + memory.pageCount());
        }
        if (isFull()) {
            clear(memory);
        }
        int count = pageCount();
        int content = HEADER_BYTES + count * Integer.BYTES;
        byte[] page = new byte[PAGE_BYTES];
        for (int i = 0; i < count; i++) {
            int number = (int) INTS.get(bytes, HEADER_BYTES + i * Integer.BYTES);
            if ((number & ZERO_MARK) != 0) {
                memory.restoreZero(number & ~ZERO_MARK);
            } else {
                System.arraycopy(bytes, content, page, 0, PAGE_BYTES);
                memory.restorePage(number, page);
                content += PAGE_BYTES;
            }
        }
    }

    /**
     * The digest of the memory that this image is of, as {@link PagedMemory#digest} is after a
     * restore; reads all its pages. Throws {@link IllegalStateException} for a delta.
     */
    public long digest() {
        if (!isFull()) {
            throw new IllegalStateException("a delta is no memory: " + this);
        }
        int count = pageCount();
        int content = HEADER_BYTES + count * Integer.BYTES;
        long digest = 0;
        for (int i = 0; i < count; i++) {
            int number = (int) INTS.get(bytes, HEADER_BYTES + i * Integer.BYTES);
            if ((number & ZERO_MARK) == 0) {
                digest += PagedMemory.digestOf(number, bytes, content);
                content += PAGE_BYTES;
            }
        }
        return digest;
    }

    private static void clear(PagedMemory memory) {
        for (int page = 0; page < memory.pageCount(); page++) {
            if (!memory.isZero(page)) {
                memory.restoreZero(page);
            }
        }
    }

    @Override
    public String toString() {
        return "Image["
                + epoch()
                + (isFull() ? "" : " on " + base())
                + ", "
                + pageCount()
                + " pages]";
    }
}
