package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
import cairn.part.Patience;
import cairn.protocol.segments.SegmentsMessage.Holds;
import cairn.protocol.segments.SegmentsMessage.Piece;
import cairn.protocol.segments.SegmentsMessage.Probe;
import cairn.protocol.segments.SegmentsMessage.Read;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Loads the group from those that hold it (CS-5, CS-6). Every member holds what is safe, so one
 * answer of a member is enough; who answers obeys the new term from then on, so nothing more gets
 * safe under an earlier one (CS-13). Segments are asked of one holder; if it falls silent, the rest
 * comes from another that holds the same version, or else another version is taken.
 *
 * <p>If every member says that its disk was replaced, what was safe is lost; the newest that is
 * left somewhere is better than nothing.
 */
final class Loader {

    private final Rules rules;
    private final Registration registration;
    private final NavigableMap<NodeId, Long> versions = new TreeMap<>();
    private final NavigableMap<NodeId, Long> leftovers = new TreeMap<>();
    private final List<Member> lost = new ArrayList<>();
    private final NavigableMap<Integer, Segment> segments = new TreeMap<>();
    private @Nullable NodeId source;
    private @Nullable Copy loaded;
    private long version;
    private final Heartbeats heartbeats;
    private final Patience patience = new Patience(2, 256);

    /** Loads what is registered, under the registration's term. */
    Loader(Setup setup, Registration registration) {
        this.rules = setup.rules();
        this.registration = registration;
        SegmentsSettings settings = setup.settings();
        heartbeats = new Heartbeats(settings.heartbeatNanos(), settings.leaveAfterNanos());
    }

    void start(Outbox<SegmentsMessage> out) {
        if (registration.members().isEmpty()) {
            loaded = Copy.NOTHING.under(registration.term());
        }
        for (Member member : registration.members()) {
            out.send(member.place(), new Probe(registration.term(), 0));
        }
    }

    Registration registration() {
        return registration;
    }

    /** What was loaded; null if that is still under way. */
    @Nullable Copy loaded() {
        return loaded;
    }

    /** A tick has passed: asks again, and gives up a source that has been silent for too long. */
    void tick(Outbox<SegmentsMessage> out) {
        heartbeats.tick();
        if (source != null && heartbeats.isSuspected(source)) {
            versions.remove(source);
            leftovers.remove(source);
            source = null;
        } else if (source != null && patience.isOver()) {
            out.send(source, new Read(version, missing()));
        }
        start(out);
        choose(out);
    }

    void holds(NodeId from, Holds holds, Outbox<SegmentsMessage> out) {
        heartbeats.heard(from);
        if (holds.term() < registration.term()) {
            return;
        }
        if (rules.counts(registration, from, holds.identity())) {
            versions.put(from, holds.version());
        } else {
            for (Member member : registration.members()) {
                if (member.place().equals(from)) {
                    leftovers.put(from, holds.version());
                    if (!lost.contains(member)) {
                        lost.add(member);
                    }
                }
            }
        }
        if (versions.size() + lost.size() >= registration.members().size()) {
            choose(out);
        }
    }

    /** Begins to read, or to read from another source, if there is one. */
    private void choose(Outbox<SegmentsMessage> out) {
        boolean allLost = lost.size() == registration.members().size();
        NavigableMap<NodeId, Long> found = allLost ? leftovers : versions;
        if (source != null || loaded != null || found.isEmpty()) {
            return;
        }
        long line = rules.recoveryLine(found, lost);
        if (line != version) {
            segments.clear();
            version = line;
        }
        if (line == 0) {
            loaded = Copy.NOTHING.under(registration.term());
            return;
        }
        for (NodeId place : found.keySet()) {
            if (found.getOrDefault(place, 0L) == line) {
                source = place;
            }
        }
        if (source != null) {
            heartbeats.watch(source);
            // The first answer says how many there are.
            readNext(source, out);
        }
    }

    private int missing() {
        return segments.isEmpty() ? 0 : segments.lastKey() + 1;
    }

    private void readNext(NodeId from, Outbox<SegmentsMessage> out) {
        patience.begin();
        out.send(from, new Read(version, missing()));
    }

    void piece(NodeId from, Piece piece, Outbox<SegmentsMessage> out) {
        Segment segment = piece.segment();
        if (!from.equals(source)
                || piece.version() != version
                || loaded != null
                || !rules.isWhole(segment, piece.checksum())) {
            return;
        }
        heartbeats.heard(from);
        boolean isNext = segment.index() == missing();
        if (isNext) {
            segments.put(segment.index(), segment);
        }
        if (segments.size() == piece.count()) {
            List<Segment> all = List.copyOf(segments.values());
            loaded = new Copy(registration.term(), version, piece.former(), all);
        } else if (isNext) {
            readNext(from, out);
        }
    }

    String waitsFor() {
        return source == null
                ? "an answer of one of " + registration.members()
                : "segments of version " + version + " from " + source;
    }
}
