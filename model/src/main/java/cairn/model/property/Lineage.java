package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.NodeId;
import cairn.model.choice.Mix;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each checkpoint of a process was put on. Two primaries may give one number to two contents,
 * so a version is both; what a node cuts after it resumed goes on from what it resumed from.
 *
 * <p>A version that several lines came to, as when a primary executes again what the last one did,
 * is not said to lack what any of them has.
 */
final class Lineage {

    private static final long SEVERAL = -1;
    private static final long NONE = -2;

    /** A checkpoint by its number and the digest of its content. */
    record Version(Epoch epoch, long content) {
        private long key() {
            return Mix.fold(epoch.number(), content);
        }
    }

    /** What a node went on from, and cut since. */
    private record Line(int number, Version base) {
        private long key(Epoch epoch) {
            return Mix.fold(number, epoch.number());
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Map<NodeId, Line> present = new TreeMap<>();
    private final LongTable lineOf = new LongTable();
    private final LongTable cuts = new LongTable();

    /** A node goes on from a version. */
    void resumed(NodeId node, Version from) {
        Line line = new Line(lines.size(), from);
        lines.add(line);
        present.put(node, line);
    }

    /** A node's memory is a version from now on. */
    void cut(NodeId node, Version version) {
        Line line = present.get(node);
        if (line != null) {
            long key = version.key();
            long known = lineOf.get(key, line.number());
            lineOf.put(key, known == line.number() ? known : SEVERAL);
            cuts.put(line.key(version.epoch()), version.content());
        }
    }

    /**
     * The version that a node resumed from, or cut since, under a number; null if there is none.
     */
    @Nullable Version of(NodeId node, Epoch epoch) {
        Line line = present.get(node);
        if (line == null) {
            return null;
        }
        if (line.base().epoch().equals(epoch)) {
            return line.base();
        }
        long key = line.key(epoch);
        return cuts.contains(key) ? new Version(epoch, cuts.get(key, 0)) : null;
    }

    /**
     * Whether a version is, or was put on, another one, as all are on the beginning. Where that
     * cannot be told it is if its number is higher.
     */
    boolean has(Version version, Version earlier) {
        if (earlier.epoch().equals(Epoch.ZERO)) {
            return true;
        }
        if (!version.epoch().isAfter(earlier.epoch())) {
            return version.equals(earlier);
        }
        // Each line begins with a lower number than the one that goes on from it.
        Line line = line(version);
        while (line != null && line.base().epoch().isAfter(earlier.epoch())) {
            line = line(line.base());
        }
        if (line == null) {
            return true;
        }
        return line.base().epoch().equals(earlier.epoch())
                ? line.base().equals(earlier)
                : cuts.get(line.key(earlier.epoch()), ~earlier.content()) == earlier.content();
    }

    private @Nullable Line line(Version version) {
        long number = lineOf.get(version.key(), NONE);
        return number < 0 ? null : lines.get((int) number);
    }
}
