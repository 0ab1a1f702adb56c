package cairn.protocol.segments;

import cairn.model.CpuCosts;
import cairn.model.Outbox;
import cairn.part.replica.Copy;
import cairn.part.replica.Segment;
import cairn.protocol.segments.SegmentsMessage.Complete;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The storage that only this node reaches: memory that the application and its checkpoint service
 * share (CS-2). The application overwrites a segment whenever it likes; the service reads one after
 * the other on another core, and recognises when what it has read does not belong together (CS-8).
 */
final class LocalStorage {

    private final Rules rules;
    private final CpuCosts costs;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Segment> read = new ArrayList<>();
    private @Nullable Complete complete;
    private @Nullable Complete reading;
    private long token;

    /** As it was loaded; segments that were not are empty. */
    LocalStorage(Setup setup, Copy loaded) {
        this.rules = setup.rules();
        this.costs = setup.costs();
        segments.addAll(loaded.segments());
        while (segments.size() < setup.settings().segments()) {
            segments.add(new Segment(segments.size(), 0, new byte[0]));
        }
    }

    void put(Segment segment) {
        if (segment.version() > segments.get(segment.index()).version()) {
            segments.set(segment.index(), segment);
        }
    }

    /** The application says that it put a version; false if something of it did not arrive. */
    boolean complete(Complete version) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).version() < version.changed().get(i)) {
                return false;
            }
        }
        if (complete == null || version.version() > complete.version()) {
            complete = version;
        }
        return true;
    }

    /** Begins to read the newest complete version, if that is newer than what was read last. */
    void read(long than, Outbox<SegmentsMessage> out) {
        Complete newest = complete;
        if (newest != null && reading == null && newest.version() > than) {
            reading = newest;
            read.clear();
            readNext(out);
        }
    }

    private void readNext(Outbox<SegmentsMessage> out) {
        int bytes = segments.get(read.size()).length();
        token++;
        out.compute(token, costs.memcpyNanos(bytes) + costs.checksumNanos(bytes));
    }

    /**
     * Another core has read one more segment. Returns the version if that was the last one and they
     * belong together; null if it goes on, or must be begun anew.
     */
    @Nullable Copy computed(long done, long term, long former, Outbox<SegmentsMessage> out) {
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
