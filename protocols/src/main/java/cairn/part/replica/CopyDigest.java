package cairn.part.replica;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.memory.PagedMemory;

import java.util.ArrayList;
import java.util.List;

/**
 * The digest of the memory that a copy is of, for one copy after the other: what it costs grows
 * with what differs from the last one.
 */
final class CopyDigest {

    private final List<Segment> last = new ArrayList<>();
    private final List<Long> digests = new ArrayList<>();

    /** The digest of a whole copy's memory, as {@link PagedMemory#digest} is of its owner's. */
    long of(Copy copy) {
        long whole = 0;
        int firstPage = 0;
        for (int i = 0; i < copy.segments().size(); i++) {
            Segment segment = copy.segments().get(i);
            if (i == last.size()) {
                last.add(segment);
                digests.add(digest(segment, firstPage));
            } else if (!last.get(i).equals(segment)) {
                last.set(i, segment);
                digests.set(i, digest(segment, firstPage));
            }
            whole += digests.get(i);
            firstPage += segment.length() / PAGE_BYTES;
        }
        return whole;
    }

    private static long digest(Segment segment, int firstPage) {
        long digest = 0;
        for (int page = 0; page < segment.length() / PAGE_BYTES; page++) {
            digest += PagedMemory.digestOf(firstPage + page, segment.content(), page * PAGE_BYTES);
        }
        return digest;
    }
}
