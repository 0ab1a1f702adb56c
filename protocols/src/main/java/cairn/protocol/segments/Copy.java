package cairn.protocol.segments;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of the group, or that part of one which differs from an earlier version. As a file, all
 * numbers little endian: term, version, former, the number of segments; for each its version and
 * length (eight bytes each), then its bytes; and a checksum of all that.
 *
 * @param term under which it was stored here; one version may be stored again under a later one
 * @param version its number; zero is the state before the first
 * @param former the safe version that it took the place of, zero if there was none
 * @param segments ascending
 */
record Copy(long term, long version, long former, List<Segment> segments) {

    /** What there is before anything is stored. */
    static final Copy NOTHING = new Copy(0, 0, 0, List.of());

    private static final int HEADER_BYTES = 4 * Long.BYTES;
    private static final int SEGMENT_HEADER_BYTES = 2 * Long.BYTES;

    Copy {
        segments = List.copyOf(segments);
    }

    /** Whether this is to take another's place: a later term, or a later version of the same. */
    boolean isAfter(Copy other) {
        return term != other.term ? term > other.term : version > other.version;
    }

    Copy under(long laterTerm) {
        return new Copy(laterTerm, version, former, segments);
    }

    /** The segments that changed after a version. */
    Copy since(long base) {
        List<Segment> changed =
                segments.stream().filter(segment -> segment.version() > base).toList();
        return new Copy(term, version, former, changed);
    }

    /** This part, put on the version that it differs from. */
    Copy on(Copy base) {
        List<Segment> all = new ArrayList<>(base.segments);
        for (Segment changed : segments) {
            all.set(changed.index(), changed);
        }
        return new Copy(term, version, former, all);
    }

    /** How many bytes its segments have. */
    int length() {
        int length = 0;
        for (Segment segment : segments) {
            length += segment.length();
        }
        return length;
    }

    byte[] toBytes() {
        int size = HEADER_BYTES + segments.size() * SEGMENT_HEADER_BYTES + length() + Seal.BYTES;
        ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(term).putLong(version).putLong(former).putLong(segments.size());
        for (Segment segment : segments) {
            buffer.putLong(segment.version()).putLong(segment.length());
            buffer.put(segment.content());
        }
        return Seal.close(buffer.array());
    }

    /** The copy that these bytes are; null if they are not one, whole. */
    static @Nullable Copy fromBytes(byte[] bytes) {
        if (!Seal.isWhole(bytes)) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long term = buffer.getLong();
        long version = buffer.getLong();
        long former = buffer.getLong();
        long count = buffer.getLong();
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long changed = buffer.getLong();
            byte[] content = new byte[Math.toIntExact(buffer.getLong())];
            buffer.get(content);
            segments.add(new Segment(i, changed, content));
        }
        return new Copy(term, version, former, segments);
    }
}
