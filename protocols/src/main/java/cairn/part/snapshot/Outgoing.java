package cairn.part.snapshot;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.choice.Mix;
import cairn.part.snapshot.StorageMessage.Seal;
import cairn.part.snapshot.StorageMessage.Sections;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** One snapshot on its way to the storage, section by section (SN-2, SN-3). */
final class Outgoing {

    private final SharedSnapshot snapshot;
    private final long epoch;
    private final Registers registers;
    private final int pages;
    private final int sectionPages;
    private final NavigableMap<Integer, Sections> unreceived = new TreeMap<>();
    private int next;
    private long checksum;

    /**
     * A snapshot of which nothing is transferred yet.
     *
     * @param pages how many it has
     */
    Outgoing(
            SharedSnapshot snapshot, long epoch, Registers registers, int pages, int sectionPages) {
        this.snapshot = snapshot;
        this.epoch = epoch;
        this.registers = registers;
        this.pages = pages;
        this.sectionPages = sectionPages;
    }

    SharedSnapshot snapshot() {
        return snapshot;
    }

    long epoch() {
        return epoch;
    }

    /** Whether there is a section that nobody has read yet. */
    boolean hasNext() {
        return next * sectionPages < pages;
    }

    /** How many bytes the next section has. */
    int nextBytes() {
        return (Math.min(pages, (next + 1) * sectionPages) - next * sectionPages) * PAGE_BYTES;
    }

    /** Reads the next section: from now on changes to its pages do not concern the snapshot. */
    Sections next(SharedPages shared, long term, long acknowledged, SnapshotRules rules) {
        byte[] content = new byte[nextBytes()];
        shared.take(snapshot, next * sectionPages, content, rules::copyPage);
        checksum = fold(checksum, content, 0, content.length);
        Sections sections = new Sections(term, epoch, acknowledged, next, content);
        unreceived.put(next++, sections);
        return sections;
    }

    void received(int index) {
        unreceived.remove(index);
    }

    Collection<Sections> unreceived() {
        return unreceived.values();
    }

    /** Whether the storage has all of it. */
    boolean isTransferred() {
        return !hasNext() && unreceived.isEmpty();
    }

    /** What seals it, when all of it is there. */
    Seal seal(long term) {
        return new Seal(term, epoch, registers, checksum);
    }

    /** A checksum of sections, section by section. */
    static long fold(long checksum, byte[] content, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, offset, length);
        return Mix.fold(checksum, crc.getValue());
    }
}
