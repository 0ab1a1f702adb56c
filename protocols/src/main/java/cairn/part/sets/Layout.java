package cairn.part.sets;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.choice.Mix;
import cairn.part.pmu.Attachment;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Where sets are: in the regions of a unit, and in the buffers of a client.
 *
 * <p>The memory's pages are dealt out to the regions in equal runs. Region 0 begins with the commit
 * ring; then, in each region, the slots of OVERWRITE mode or the log of APPEND mode. A set of the
 * log is a count, that many page numbers (8 bytes each, padded to 64), and the pages.
 */
public final class Layout {

    private static final int SET_GRANULE = 64;

    private final SetSettings settings;
    private final int pages;
    private final int ringSlots;

    /** A layout for a memory of so many bytes; throws if it has fewer pages than regions. */
    public Layout(SetSettings settings, long memoryBytes) {
        this.settings = settings;
        this.pages = Math.toIntExact(memoryBytes / PAGE_BYTES);
        if (pages < settings.regions()) {
            throw new IllegalArgumentException(
                    settings.regions()
                            + " regions need as many pages, but the memory has "
                            + pages);
        }
        this.ringSlots =
                settings.mode() == StoreMode.OVERWRITE
                        ? 16
                        : settings.retained() + 3 * settings.fullEvery() + 8;
    }

    int pages() {
        return pages;
    }

    int regions() {
        return settings.regions();
    }

    /** The first page of a region; that of the region after the last is the number of pages. */
    int firstPage(int region) {
        return (int) ((long) pages * region / settings.regions());
    }

    int pagesOf(int region) {
        return firstPage(region + 1) - firstPage(region);
    }

    /** The pages of a region among some. */
    BitSet within(int region, BitSet chosen) {
        BitSet pages = new BitSet();
        pages.set(firstPage(region), firstPage(region + 1));
        pages.and(chosen);
        return pages;
    }

    // ---- in a region

    int ringSlots() {
        return ringSlots;
    }

    /** The commit ring; nothing of old in its place may look like a record. */
    public int ringBytes() {
        return ringSlots * CommitRecord.SLOT_BYTES;
    }

    long ringOffset(long sequence) {
        return sequence % ringSlots * CommitRecord.SLOT_BYTES;
    }

    /** Where data begins. */
    long dataOffset(int region) {
        return region == 0 ? roundUp(ringBytes(), PAGE_BYTES) : 0;
    }

    /**
     * OVERWRITE: how many sets there is room for: the newest of each unit, with two of them the
     * last that both hold, and the next.
     */
    int slots() {
        return settings.units() == 1 ? 2 : 4;
    }

    /** OVERWRITE: where a slot begins. */
    long slotOffset(int region, int slot) {
        return dataOffset(region) + (long) slot * slotBytes(region);
    }

    long slotBytes(int region) {
        return (long) pagesOf(region) * PAGE_BYTES;
    }

    /** APPEND: the bytes before the pages of a set. */
    static long listBytes(int setPages) {
        return roundUp((1L + setPages) * Long.BYTES, SET_GRANULE);
    }

    /** APPEND: the bytes of a set; one without pages needs none. */
    static long setBytes(int setPages) {
        return setPages == 0 ? 0 : listBytes(setPages) + (long) setPages * PAGE_BYTES;
    }

    /** APPEND: the bytes of a region's log: the longest chains that may be needed, and a spare. */
    long logBytes(int region) {
        return (settings.retained() + 2L * settings.fullEvery() + 4) * setBytes(pagesOf(region));
    }

    long regionBytes(int region) {
        long data =
                settings.mode() == StoreMode.OVERWRITE
                        ? slots() * slotBytes(region)
                        : logBytes(region);
        return roundUp(dataOffset(region) + data, PAGE_BYTES);
    }

    /** How long each region is. */
    public List<Long> regionBytes() {
        return IntStream.range(0, settings.regions()).mapToObj(this::regionBytes).toList();
    }

    /** The next multiple of a power of two. */
    static long roundUp(long value, long granule) {
        return (value + granule - 1) & -granule;
    }

    /** What one page contributes to the checksum of a set: sums of these may be kept up to date. */
    static long pageChecksum(int page, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, PAGE_BYTES);
        return Mix.fold(page + 1L, crc.getValue());
    }

    // ---- in the buffers, behind what the attachment has of them

    /** The pages that are being written. */
    long stagingOffset() {
        return Attachment.BUFFER_BYTES;
    }

    /** How many requests a client may have under way at one unit. */
    public int queueDepth() {
        return Math.min(1 << 16, pages + regions() * (4 + 2 * settings.fullEvery()) + 64);
    }

    private long stagingBytes() {
        long sum = 0;
        for (int region = 0; region < settings.regions(); region++) {
            sum += setBytes(pagesOf(region));
        }
        return roundUp(sum, PAGE_BYTES);
    }

    /** The commit rings that are read, one for each unit. */
    long ringBufferOffset(int unit) {
        return stagingOffset() + stagingBytes() + unit * roundUp(ringBytes(), PAGE_BYTES);
    }

    /** The sets that are read. */
    long setBufferOffset() {
        return ringBufferOffset(settings.units());
    }

    /** The buffers that a client needs. */
    public long bufferBytes() {
        long sets = settings.mode() == StoreMode.OVERWRITE ? 1 : settings.fullEvery();
        return roundUp(setBufferOffset() + sets * stagingBytes(), PAGE_BYTES);
    }
}
