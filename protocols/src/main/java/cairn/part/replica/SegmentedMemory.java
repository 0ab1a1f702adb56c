package cairn.part.replica;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.CpuCosts;
import cairn.model.memory.PagedMemory;
import cairn.part.DirtyPages;

import java.util.ArrayList;
import java.util.List;

/**
 * A memory as segments: consecutive pages each. Finds out by write-protecting pages which segments
 * changed since the last cut.
 */
public final class SegmentedMemory {

    private final PagedMemory memory;
    private final DirtyPages dirty;
    private final int count;
    private final List<Segment> segments = new ArrayList<>();

    /** The memory, of which nothing has been cut yet. */
    public SegmentedMemory(PagedMemory memory, CpuCosts costs, int count) {
        this.memory = memory;
        this.dirty = new DirtyPages(memory, costs);
        this.count = count;
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(i, 0, new byte[0]));
        }
    }

    private int firstPage(int segment) {
        return (int) ((long) memory.pageCount() * segment / count);
    }

    /** Puts what was loaded in place. */
    public void restore(Copy copy) {
        byte[] page = new byte[PAGE_BYTES];
        for (Segment segment : copy.segments()) {
            segments.set(segment.index(), segment);
            int first = firstPage(segment.index());
            for (int at = 0; at < segment.length(); at += PAGE_BYTES) {
                System.arraycopy(segment.content(), at, page, 0, PAGE_BYTES);
                memory.restorePage(first + at / PAGE_BYTES, page);
            }
        }
    }

    /** Notices every store from now on; if nothing was loaded, all counts as stored to. */
    public void watch(boolean wasLoaded) {
        dirty.cut();
        if (!wasLoaded) {
            dirty.setAll();
        }
    }

    /** The pages that were stored to since the last cut. */
    public DirtyPages dirty() {
        return dirty;
    }

    /** Cuts: what changed is copied as of a version. Returns how many bytes that were. */
    public int cut(long version) {
        int bytes = 0;
        for (int i = 0; i < count; i++) {
            int first = firstPage(i);
            int stored = dirty.pages().nextSetBit(first);
            if (stored >= 0 && stored < firstPage(i + 1)) {
                byte[] content = new byte[(firstPage(i + 1) - first) * PAGE_BYTES];
                memory.read((long) first * PAGE_BYTES, content, 0, content.length);
                segments.set(i, new Segment(i, version, content));
                bytes += content.length;
            }
        }
        dirty.cut();
        return bytes;
    }

    /** The segments as of the last cut. */
    public List<Segment> segments() {
        return segments;
    }

    /** For each segment the version that last changed it. */
    public List<Long> versions() {
        return segments.stream().map(Segment::version).toList();
    }
}
