package cairn.part.replica;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
import cairn.part.Patience;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Piece;
import cairn.part.replica.ReplicaMessage.Probe;
import cairn.part.replica.ReplicaMessage.Read;

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
public final class Loader<M extends Message> {

    private final Replicas<M> replicas;
    private final Membership membership;
    private final NavigableMap<NodeId, Long> versions = new TreeMap<>();
    private final NavigableMap<NodeId, Long> leftovers = new TreeMap<>();
    private final List<Member> lost = new ArrayList<>();
    private final NavigableMap<Integer, Segment> segments = new TreeMap<>();
    private @Nullable NodeId source;
    private @Nullable Copy loaded;
    private long version;
    private final Heartbeats heartbeats;
    private final Patience patience = new Patience(2, 256);

    /** Loads what the members hold, under the membership's term. */
    public Loader(Replicas<M> replicas, Membership membership) {
        this.replicas = replicas;
        this.membership = membership;
        ReplicaSettings settings = replicas.settings();
        heartbeats = new Heartbeats(settings.heartbeatNanos(), settings.leaveAfterNanos());
    }

    public void start(Outbox<M> out) {
        if (membership.members().isEmpty()) {
            loaded = Copy.NOTHING.under(membership.term());
        }
        for (Member member : membership.members()) {
            replicas.send(member.place(), new Probe(membership.term(), 0), out);
        }
    }

    /** From whose members it loads. */
    public Membership membership() {
        return membership;
    }

    /** What was loaded; null if that is still under way. */
    public @Nullable Copy loaded() {
        return loaded;
    }

    /** A tick has passed: asks again, and gives up a source that has been silent for too long. */
    public void tick(Outbox<M> out) {
        heartbeats.tick();
        if (source != null && heartbeats.isSuspected(source)) {
            versions.remove(source);
            leftovers.remove(source);
            source = null;
        } else if (source != null && patience.isOver()) {
            replicas.send(source, new Read(version, missing()), out);
        }
        start(out);
        choose(out);
    }

    public void holds(NodeId from, Holds holds, Outbox<M> out) {
        heartbeats.heard(from);
        if (holds.term() < membership.term()) {
            return;
        }
        if (replicas.rules().counts(membership, from, holds.identity())) {
            versions.put(from, holds.version());
        } else {
            replaced(from, holds.version());
        }
        if (versions.size() + lost.size() >= membership.members().size()) {
            choose(out);
        }
    }

    /** A blank disk is in a place; it answers, and what was being read from there never comes. */
    private void replaced(NodeId from, long left) {
        versions.remove(from);
        if (from.equals(source)) {
            source = null;
        }
        for (Member member : membership.members()) {
            if (member.place().equals(from)) {
                leftovers.put(from, left);
                if (!lost.contains(member)) {
                    lost.add(member);
                }
            }
        }
    }

    /** Begins to read, or to read from another source, if there is one. */
    private void choose(Outbox<M> out) {
        boolean allLost = lost.size() == membership.members().size();
        NavigableMap<NodeId, Long> found = allLost ? leftovers : versions;
        if (source != null || loaded != null || found.isEmpty()) {
            return;
        }
        long line = replicas.rules().recoveryLine(found, lost);
        if (line != version) {
            segments.clear();
            version = line;
        }
        if (line == 0) {
            loaded = Copy.NOTHING.under(membership.term());
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

    private void readNext(NodeId from, Outbox<M> out) {
        patience.begin();
        replicas.send(from, new Read(version, missing()), out);
    }

    public void piece(NodeId from, Piece piece, Outbox<M> out) {
        Segment segment = piece.segment();
        if (!from.equals(source)
                || piece.version() != version
                || loaded != null
                || !replicas.rules().isWhole(segment, piece.checksum())) {
            return;
        }
        heartbeats.heard(from);
        boolean isNext = segment.index() == missing();
        if (isNext) {
            segments.put(segment.index(), segment);
        }
        if (segments.size() == piece.count()) {
            List<Segment> all = List.copyOf(segments.values());
            loaded = new Copy(membership.term(), version, piece.former(), all);
        } else if (isNext) {
            readNext(from, out);
        }
    }

    public String waitsFor() {
        return source == null
                ? "an answer of one of " + membership.members()
                : "segments of version " + version + " from " + source;
    }
}
