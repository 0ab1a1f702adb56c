package cairn.cluster.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/**
 * Asks the page tables of this process which pages were stored to since they were protected, and
 * protects these again in the same call (PAGEMAP_SCAN, Linux 6.7): no store falls between the two.
 */
final class WrittenPages implements AutoCloseable {

    private static final long SCAN = 0xC0606610L;
    private static final long PROTECT_AGAIN = 1;
    private static final long REFUSE_WHAT_IS_NOT_NOTED = 1 << 1;
    private static final long WRITTEN = 1 << 1;
    private static final int CLOSE_ON_EXEC = 0x80000;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** Of {@code struct page_region}: its start, its end, what holds for it. */
    private static final int REGION_LONGS = 3;

    private final int pagemap = Linux.open("/proc/self/pagemap", CLOSE_ON_EXEC);
    private final long address;
    private final int pages;
    private final long pageBytes;

    /** Of a range of memory that a descriptor of {@link Userfault#noting} knows. */
    WrittenPages(long address, int pages, long pageBytes) {
        this.address = address;
        this.pages = pages;
        this.pageBytes = pageBytes;
    }

    /** The pages that were stored to since they were protected or last asked about. */
    BitSet collect() {
        BitSet written = new BitSet();
        // At the worst every second page is a region of its own.
        int most = pages / 2 + 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment regions = arena.allocate(LONG, (long) REGION_LONGS * most);
            MemorySegment request = arena.allocate(LONG, 12);
            long[] fields = {
                request.byteSize(),
                PROTECT_AGAIN | REFUSE_WHAT_IS_NOT_NOTED,
                address,
                address + pages * pageBytes,
                0,
                regions.address(),
                most,
                0,
                0,
                WRITTEN,
                0,
                WRITTEN
            };
            MemorySegment.copy(fields, 0, request, LONG, 0, fields.length);
            int found = Linux.ioctl("PAGEMAP_SCAN", pagemap, SCAN, request);
            for (int i = 0; i < found; i++) {
                written.set(
                        page(regions.getAtIndex(LONG, (long) REGION_LONGS * i)),
                        page(regions.getAtIndex(LONG, (long) REGION_LONGS * i + 1)));
            }
        }
        return written;
    }

    private int page(long at) {
        return (int) ((at - address) / pageBytes);
    }

    @Override
    public void close() {
        Linux.close(pagemap);
    }
}
