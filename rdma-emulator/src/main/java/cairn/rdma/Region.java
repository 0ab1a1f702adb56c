package cairn.rdma;

import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.MemoryKind;

import java.util.List;

/** A registered memory region: rights, and the translation from offsets to physical addresses. */
final class Region {

    private final int domain;
    private final MemoryKind kind;
    private final int rights;
    private long[] starts = new long[0];
    private long[] addresses = new long[0];
    private long length;
    private int version;
    private int windows;

    Region(int domain, MemoryKind kind, int rights, List<Extent> translation) {
        this.domain = domain;
        this.kind = kind;
        this.rights = rights;
        translate(translation);
    }

    /** Puts another translation in place; whoever holds the former version number can tell. */
    void translate(List<Extent> translation) {
        long[] begin = new long[translation.size()];
        long[] physical = new long[translation.size()];
        long sum = 0;
        for (int i = 0; i < begin.length; i++) {
            begin[i] = sum;
            physical[i] = translation.get(i).address();
            sum += translation.get(i).length();
        }
        starts = begin;
        addresses = physical;
        length = sum;
        version++;
    }

    int domain() {
        return domain;
    }

    MemoryKind kind() {
        return kind;
    }

    int rights() {
        return rights;
    }

    int version() {
        return version;
    }

    long length() {
        return length;
    }

    boolean relaxed() {
        return (rights & Rights.of(Access.RELAXED_ORDERING)) != 0;
    }

    boolean covers(long offset, long bytes) {
        return offset >= 0 && bytes >= 0 && offset <= length - bytes;
    }

    int extents() {
        return starts.length;
    }

    long extentAddress(int index) {
        return addresses[index];
    }

    long extentLength(int index) {
        return (index + 1 < starts.length ? starts[index + 1] : length) - starts[index];
    }

    private int extentOf(long offset) {
        int index = starts.length - 1;
        while (starts[index] > offset) {
            index--;
        }
        return index;
    }

    long physical(long offset) {
        int index = extentOf(offset);
        return addresses[index] + offset - starts[index];
    }

    /** How many bytes from an offset on are physically together, at most {@code most}. */
    long run(long offset, long most) {
        int index = extentOf(offset);
        return Math.min(most, starts[index] + extentLength(index) - offset);
    }

    void windowBound(int change) {
        windows += change;
    }

    boolean hasWindows() {
        return windows > 0;
    }
}
