package cairn.part.replica;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Seal;

import org.jspecify.annotations.Nullable;

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
public record Copy(long term, long version, long former, List<Segment> segments) {

    /** What there is before anything is stored. */
    public static final Copy NOTHING = new Copy(0, 0, 0, List.of());

    public Copy {
        segments = List.copyOf(segments);
    }

    /** Whether this is to take another's place: a later term, or a later version of the same. */
    public boolean isAfter(Copy other) {
        return term != other.term ? term > other.term : version > other.version;
    }

    /** The same under a later term. */
    public Copy under(long laterTerm) {
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
    public int length() {
        return segments.stream().mapToInt(Segment::length).sum();
    }

    byte[] toBytes() {
        ByteWriter writer =
                new ByteWriter()
                        .number(term)
                        .number(version)
                        .number(former)
                        .number(segments.size());
        for (Segment segment : segments) {
            writer.number(segment.version()).bytes(segment.content());
        }
        return writer.sealed();
    }

    /** The copy that these bytes are; null if they are not one, whole. */
    static @Nullable Copy fromBytes(byte[] bytes) {
        if (!Seal.isWhole(bytes)) {
            return null;
        }
        ByteReader reader = new ByteReader(bytes);
        long term = reader.number();
        long version = reader.number();
        long former = reader.number();
        int count = reader.count();
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(new Segment(i, reader.number(), reader.bytes()));
        }
        return new Copy(term, version, former, segments);
    }
}
