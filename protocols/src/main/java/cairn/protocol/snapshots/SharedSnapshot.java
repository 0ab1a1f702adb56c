package cairn.protocol.snapshots;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.choice.Mix;
import cairn.model.memory.PagedMemory;
import cairn.protocol.snapshots.SnapshotsMessage.Sections;

import java.util.BitSet;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * One snapshot on its way to the storage. It begins as nothing but the application's own pages; a
 * page that the application is about to change is preserved for it, unless it is transferred
 * already (SN-2, SN-3).
 */
final class SharedSnapshot {

    private final long epoch;
    private final Registers registers;
    private final int pages;
    // Pages that are no longer the application's own: preserved, or transferred.
    private final BitSet separate = new BitSet();
    private final NavigableMap<Integer, byte[]> preserved = new TreeMap<>();
    private final int sectionPages;
    private final NavigableMap<Integer, Sections> unreceived = new TreeMap<>();
    private int next;
    private long checksum;

    SharedSnapshot(long epoch, Registers registers, int pages, int sectionPages) {
        this.epoch = epoch;
        this.registers = registers;
        this.pages = pages;
        this.sectionPages = sectionPages;
    }

    long epoch() {
        return epoch;
    }

    Registers registers() {
        return registers;
    }

    /** Whether a page is still the application's own: a change to it would change the snapshot. */
    boolean shares(int page) {
        return !separate.get(page);
    }

    void preserve(int page, byte[] content) {
        preserved.put(page, content);
        separate.set(page);
    }

    /** How many copies it holds. */
    int copies() {
        return preserved.size();
    }

    /** A page as it was at the cut. */
    void copyPage(int page, PagedMemory memory, byte[] into, int offset) {
        byte[] kept = preserved.get(page);
        if (kept == null) {
            memory.read((long) page * PAGE_BYTES, into, offset, PAGE_BYTES);
        } else {
            System.arraycopy(kept, 0, into, offset, PAGE_BYTES);
        }
    }

    // ---- its way

    /** Whether there is a section that nobody has read yet. */
    boolean hasNext() {
        return next * sectionPages < pages;
    }

    /** How many bytes the next section has. */
    int nextBytes() {
        return (Math.min(pages, (next + 1) * sectionPages) - next * sectionPages) * PAGE_BYTES;
    }

    /** Reads the next section: from now on changes to its pages do not concern the snapshot. */
    Sections transferNext(long term, long acknowledged, PagedMemory memory, Rules rules) {
        int first = next * sectionPages;
        byte[] content = new byte[nextBytes()];
        for (int i = 0; i < content.length / PAGE_BYTES; i++) {
            rules.copyPage(this, first + i, memory, content, i * PAGE_BYTES);
            separate.set(first + i);
            preserved.remove(first + i);
        }
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

    /** Of all sections, when all are read. */
    long checksum() {
        return checksum;
    }

    /** A checksum of sections, section by section. */
    static long fold(long checksum, byte[] content, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(content, offset, length);
        return Mix.fold(checksum, crc.getValue());
    }
}
