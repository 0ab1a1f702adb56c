package cairn.protocol.segments;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.memory.PagedMemory;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The application's memory as segments: consecutive pages each. Finds out by write-protecting pages
 * which segments changed since the last cut.
 */
final class Image {

    private final PagedMemory memory;
    private final int count;
    private final BitSet changed = new BitSet();
    private final List<Segment> segments = new ArrayList<>();
    private long faults;

    /** The memory, of which nothing has been cut yet. */
    Image(PagedMemory memory, int count) {
        this.memory = memory;
        this.count = count;
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(i, 0, new byte[0]));
        }
    }

    private int firstPage(int segment) {
        return (int) ((long) memory.pageCount() * segment / count);
    }

    private int segmentOf(int page) {
        int segment = (int) ((long) page * count / memory.pageCount());
        // With more segments than pages some are empty: the page is in the last that begins there.
        while (firstPage(segment + 1) <= page) {
            segment++;
        }
        return segment;
    }

    /** Puts what was loaded in place. */
    void restore(Copy copy) {
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
    void watch(boolean wasLoaded) {
        if (!wasLoaded) {
            changed.set(0, count);
        }
        memory.onFault(page -> {
            changed.set(segmentOf(page));
            memory.unprotect(page);
            faults++;
        });
        memory.protectAll();
    }

    /** How many stores have faulted since the last call. */
    long takeFaults() {
        long taken = faults;
        faults = 0;
        return taken;
    }

    /** Cuts: what changed is copied as of a version. Returns how many bytes that were. */
    int cut(long version) {
        int bytes = 0;
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            int first = firstPage(i);
            byte[] content = new byte[(firstPage(i + 1) - first) * PAGE_BYTES];
            memory.read((long) first * PAGE_BYTES, content, 0, content.length);
            segments.set(i, new Segment(i, version, content));
            bytes += content.length;
        }
        changed.clear();
        memory.protectAll();
        return bytes;
    }

    /** The segments as of the last cut. */
    List<Segment> segments() {
        return segments;
    }

    /** For each segment the version that last changed it. */
    List<Long> versions() {
        return segments.stream().map(Segment::version).toList();
    }
}
