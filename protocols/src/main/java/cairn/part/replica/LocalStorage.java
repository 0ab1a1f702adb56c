package cairn.part.replica;

import cairn.model.CpuCosts;
import cairn.model.Outbox;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The storage that only this node reaches: memory that a writer and the origin share (CS-2). The
 * writer overwrites a segment whenever it likes; the origin reads one after the other on another
 * core, and recognises when what it has read does not belong together (CS-8).
 */
public final class LocalStorage {

    private final ReplicaRules rules;
    private final CpuCosts costs;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Segment> read = new ArrayList<>();
    private @Nullable Complete complete;
    private @Nullable Complete reading;
    private long token;

    /** All segments of a version were put; for each the version that last changed it. */
    private record Complete(long version, List<Long> changed) {}

    /** So many segments as they were loaded; those that were not are empty. */
    public LocalStorage(Replicas<?> replicas, int count, Copy loaded) {
        this.rules = replicas.rules();
        this.costs = replicas.costs();
        segments.addAll(loaded.segments());
        while (segments.size() < count) {
            segments.add(new Segment(segments.size(), 0, new byte[0]));
        }
    }

    /** The writer puts a segment, unless a later version of it is there. */
    public void put(Segment segment) {
        if (segment.version() > segments.get(segment.index()).version()) {
            segments.set(segment.index(), segment);
        }
    }

    /**
     * The writer says that it put a version; false if something of it did not arrive.
     *
     * @param changed for each segment the version that last changed it
     */
    public boolean complete(long version, List<Long> changed) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).version() < changed.get(i)) {
                return false;
            }
        }
        if (complete == null || version > complete.version()) {
            complete = new Complete(version, changed);
        }
        return true;
    }

    /** Begins to read the newest complete version, if that is newer than what was read last. */
    public void read(long than, Outbox<?> out) {
        Complete newest = complete;
        if (newest != null && reading == null && newest.version() > than) {
            reading = newest;
            read.clear();
            readNext(out);
        }
    }

    private void readNext(Outbox<?> out) {
        int bytes = segments.get(read.size()).length();
        token++;
        out.compute(token, costs.memcpyNanos(bytes) + costs.checksumNanos(bytes));
    }

    /**
     * Another core has read one more segment. Returns the version if that was the last one and they
     * belong together; null if it goes on, or must be begun anew.
     */
    public @Nullable Copy computed(long done, long term, long former, Outbox<?> out) {
        Complete version = reading;
        if (version == null || done != token) {
            return null;
        }
        read.add(segments.get(read.size()));
        if (read.size() < segments.size()) {
            readNext(out);
            return null;
        }
        reading = null;
        return rules.isUntorn(read, version.changed())
                ? new Copy(term, version.version(), former, read)
                : null;
    }
}
