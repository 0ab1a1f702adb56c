package cairn.protocol.segments;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.segments.SegmentsMessage.Accept;
import cairn.protocol.segments.SegmentsMessage.Accepted;
import cairn.protocol.segments.SegmentsMessage.Blank;
import cairn.protocol.segments.SegmentsMessage.Prepare;
import cairn.protocol.segments.SegmentsMessage.Promised;
import cairn.protocol.segments.SegmentsMessage.Rejected;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Changes the registration, or reads it: asks a majority what was accepted last, changes that, and
 * has a majority accept the outcome; again under a higher number if another round came in between
 * (CASPaxos). A change that finds itself done already must leave it so.
 *
 * <p>Two rules make up for disks that were replaced. Only who promised can accept, and only while
 * it is the same disk. And a service that lost its own hears, before it votes again, so many others
 * that every majority it may have been part of is among them; or all that are left, if the rest
 * lost theirs too.
 */
final class Round {

    private static final int INDEX_BITS = 8;
    private static final int INCARNATION_BITS = 16;
    private static final int TICKS_TO_REPEAT = 4;
    private static final int TICKS_TO_BEGIN_AGAIN = 32;
    private static final int MOST_DOUBLINGS = 10;

    private final Topology topology;
    private final Rules rules;
    private final NodeId self;
    private long unique;
    private final NavigableMap<NodeId, Promised> promises = new TreeMap<>();
    private final NavigableSet<NodeId> blanks = new TreeSet<>();
    private final NavigableSet<NodeId> accepts = new TreeSet<>();
    private UnaryOperator<Registration> change = UnaryOperator.identity();
    private Registration proposal = Registration.NONE;
    private boolean busy;
    private boolean rejoining;
    private boolean accepting;
    private long count;
    private long ballot;
    private long basis;
    private int failures;
    private int attempts;
    private int ticks;
    private int pause;

    Round(Setup setup, NodeId self) {
        topology = setup.topology();
        rules = setup.rules();
        this.self = self;
    }

    /** Rounds of one incarnation of a service. */
    void boot(int incarnation) {
        unique = (long) incarnation << INDEX_BITS | self.index();
    }

    boolean isBusy() {
        return busy;
    }

    long ballot() {
        return ballot;
    }

    /** Begins to change the registration. */
    void begin(UnaryOperator<Registration> wanted, Outbox<SegmentsMessage> out) {
        change = wanted;
        begin(false, out);
    }

    /** Begins to ask what the others know, for a registry without a voice. */
    void rejoin(Outbox<SegmentsMessage> out) {
        begin(true, out);
    }

    private void begin(boolean toRejoin, Outbox<SegmentsMessage> out) {
        if (busy) {
            throw new IllegalStateException("one round at a time");
        }
        busy = true;
        rejoining = toRejoin;
        failures = 0;
        attempts = 0;
        prepare(out);
    }

    private void prepare(Outbox<SegmentsMessage> out) {
        count++;
        ballot = count << (INCARNATION_BITS + INDEX_BITS) | unique;
        accepting = false;
        pause = 0;
        ticks = 0;
        promises.clear();
        blanks.clear();
        accepts.clear();
        ask(out);
    }

    private void ask(Outbox<SegmentsMessage> out) {
        for (NodeId service : topology.services()) {
            Promised promised = promises.get(service);
            if (promised == null) {
                out.send(service, new Prepare(ballot));
            } else if (accepting && !accepts.contains(service)) {
                out.send(service, new Accept(ballot, promised.identity(), proposal));
            }
        }
    }

    /** A tick has passed: repeats what was not answered, or tries again after a pause. */
    void tick(Outbox<SegmentsMessage> out) {
        if (!busy) {
            return;
        }
        if (pause > 0) {
            if (--pause == 0) {
                prepare(out);
            }
        } else if (++ticks >= TICKS_TO_BEGIN_AGAIN << attempts) {
            // Whoever promised may have lost its disk since, and then will not accept.
            attempts = Math.min(attempts + 1, MOST_DOUBLINGS);
            prepare(out);
        } else if (ticks % TICKS_TO_REPEAT == 0) {
            ask(out);
        }
    }

    /** True if this answer completes the round of a registry without a voice. */
    boolean promised(NodeId from, Promised promised, Outbox<SegmentsMessage> out) {
        if (!isMine(promised.ballot()) || (accepting && promised.acceptedBallot() > basis)) {
            return false;
        }
        boolean first = promises.put(from, promised) == null;
        if (rejoining) {
            return isToldEnough();
        }
        if (accepting && first) {
            // Late, and it knows nothing that would have changed the proposal.
            out.send(from, new Accept(ballot, promised.identity(), proposal));
        } else if (!accepting && promises.size() >= rules.quorum(topology)) {
            accepting = true;
            ticks = 0;
            basis = newest().acceptedBallot();
            proposal = change.apply(newest().accepted());
            ask(out);
        }
        return false;
    }

    /** True if this answer completes the round of a registry without a voice. */
    boolean blank(NodeId from, Blank blank) {
        if (!isMine(blank.ballot()) || !rejoining || from.equals(self)) {
            return false;
        }
        blanks.add(from);
        return isToldEnough();
    }

    private boolean isToldEnough() {
        int services = topology.services().size();
        boolean enough =
                promises.size() > services - topology.majority()
                        || promises.size() + blanks.size() == services - 1;
        busy = !enough;
        return enough;
    }

    /** What was accepted last of all that the answers tell. */
    Promised newest() {
        Promised newest = new Promised(ballot, 0, 0, Registration.NONE);
        for (Promised promised : promises.values()) {
            if (promised.acceptedBallot() > newest.acceptedBallot()) {
                newest = promised;
            }
        }
        return newest;
    }

    /** True if this answer decides the round. */
    boolean accepted(NodeId from, Accepted accepted) {
        Promised promised = promises.get(from);
        if (!isMine(accepted.ballot())
                || !accepting
                || promised == null
                || promised.identity() != accepted.identity()) {
            return false;
        }
        accepts.add(from);
        if (accepts.size() < rules.quorum(topology)) {
            return false;
        }
        busy = false;
        return true;
    }

    /** What was decided. */
    Registration decided() {
        return proposal;
    }

    /**
     * Another round has a higher number: waits a while, each service another, and goes above it.
     */
    void rejected(Rejected rejected) {
        if (isMine(rejected.ballot()) && pause == 0) {
            count = Math.max(count, rejected.promised() >> (INCARNATION_BITS + INDEX_BITS));
            failures = Math.min(failures + 1, MOST_DOUBLINGS);
            pause = 1 + (topology.services().indexOf(self) << (failures - 1));
        }
    }

    private boolean isMine(long answered) {
        return busy && answered == ballot;
    }
}
