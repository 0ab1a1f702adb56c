package cairn.part.register;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.register.RegisterMessage.Accept;
import cairn.part.register.RegisterMessage.Accepted;
import cairn.part.register.RegisterMessage.Blank;
import cairn.part.register.RegisterMessage.Prepare;
import cairn.part.register.RegisterMessage.Promised;
import cairn.part.register.RegisterMessage.Rejected;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Changes the register, or reads it: asks a majority what was accepted last, changes that, and has
 * a majority accept the outcome; again under a higher number if another round came in between
 * (CASPaxos). A change that finds itself done already must leave it so.
 *
 * <p>Two rules make up for disks that were replaced. Only who promised can accept, and only while
 * it is the same disk. And a voter that lost its own hears, before it votes again, so many others
 * that every majority it may have been part of is among them; or all that are left, if the rest
 * lost theirs too.
 */
final class Round<V, M extends Message> {

    private static final int INDEX_BITS = 8;
    private static final int INCARNATION_BITS = 16;
    private static final int TICKS_TO_REPEAT = 4;
    private static final int TICKS_TO_BEGIN_AGAIN = 32;
    private static final int MOST_DOUBLINGS = 10;

    private final Voters voters;
    private final NodeId self;
    private final V initial;
    private final Function<RegisterMessage<V>, M> wire;
    private final NavigableMap<NodeId, Promised<V>> promises = new TreeMap<>();
    private final NavigableSet<NodeId> blanks = new TreeSet<>();
    private final NavigableSet<NodeId> accepts = new TreeSet<>();
    private UnaryOperator<V> change = UnaryOperator.identity();
    private V proposal;
    private long unique;
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

    Round(Voters voters, NodeId self, V initial, Function<RegisterMessage<V>, M> wire) {
        this.voters = voters;
        this.self = self;
        this.initial = initial;
        this.wire = wire;
        proposal = initial;
    }

    /** Rounds of one incarnation of a voter. */
    void boot(int incarnation) {
        unique = (long) incarnation << INDEX_BITS | self.index();
    }

    boolean isBusy() {
        return busy;
    }

    long ballot() {
        return ballot;
    }

    /** Begins to change the register. */
    void begin(UnaryOperator<V> wanted, Outbox<M> out) {
        change = wanted;
        begin(false, out);
    }

    /** Begins to ask what the others know, for one without a voice. */
    void rejoin(Outbox<M> out) {
        begin(true, out);
    }

    private void begin(boolean toRejoin, Outbox<M> out) {
        if (busy) {
            throw new IllegalStateException("one round at a time");
        }
        busy = true;
        rejoining = toRejoin;
        failures = 0;
        attempts = 0;
        prepare(out);
    }

    private void prepare(Outbox<M> out) {
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

    private void ask(Outbox<M> out) {
        for (NodeId voter : voters.places()) {
            Promised<V> promised = promises.get(voter);
            if (promised == null) {
                send(voter, new Prepare<>(ballot), out);
            } else if (accepting && !accepts.contains(voter)) {
                send(voter, new Accept<>(ballot, promised.identity(), proposal), out);
            }
        }
    }

    private void send(NodeId to, RegisterMessage<V> message, Outbox<M> out) {
        out.send(to, wire.apply(message));
    }

    /** A tick has passed: repeats what was not answered, or tries again after a pause. */
    void tick(Outbox<M> out) {
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

    /** True if this answer completes the round of one without a voice. */
    boolean promised(NodeId from, Promised<V> promised, Outbox<M> out) {
        if (!isMine(promised.ballot()) || (accepting && promised.acceptedBallot() > basis)) {
            return false;
        }
        boolean first = promises.put(from, promised) == null;
        if (rejoining) {
            return isToldEnough();
        }
        if (accepting && first) {
            // Late, and it knows nothing that would have changed the proposal.
            send(from, new Accept<>(ballot, promised.identity(), proposal), out);
        } else if (!accepting && promises.size() >= voters.quorum()) {
            accepting = true;
            ticks = 0;
            basis = newest().acceptedBallot();
            proposal = change.apply(newest().value());
            ask(out);
        }
        return false;
    }

    /** True if this answer completes the round of one without a voice. */
    boolean blank(NodeId from, Blank<V> blank) {
        if (!isMine(blank.ballot()) || !rejoining || from.equals(self)) {
            return false;
        }
        blanks.add(from);
        return isToldEnough();
    }

    private boolean isToldEnough() {
        int all = voters.places().size();
        boolean enough =
                promises.size() > all - voters.majority()
                        || promises.size() + blanks.size() == all - 1;
        busy = !enough;
        return enough;
    }

    /** What was accepted last of all that the answers tell. */
    Promised<V> newest() {
        Promised<V> newest = new Promised<>(ballot, 0, 0, initial);
        for (Promised<V> promised : promises.values()) {
            if (promised.acceptedBallot() > newest.acceptedBallot()) {
                newest = promised;
            }
        }
        return newest;
    }

    /** True if this answer decides the round. */
    boolean accepted(NodeId from, Accepted<V> accepted) {
        Promised<V> promised = promises.get(from);
        if (!isMine(accepted.ballot())
                || !accepting
                || promised == null
                || promised.identity() != accepted.identity()) {
            return false;
        }
        accepts.add(from);
        if (accepts.size() < voters.quorum()) {
            return false;
        }
        busy = false;
        return true;
    }

    /** What was decided. */
    V decided() {
        return proposal;
    }

    /** Another round has a higher number: waits a while, each voter another, and goes above it. */
    void rejected(Rejected<V> rejected) {
        if (isMine(rejected.ballot()) && pause == 0) {
            count = Math.max(count, rejected.promised() >> (INCARNATION_BITS + INDEX_BITS));
            failures = Math.min(failures + 1, MOST_DOUBLINGS);
            pause = 1 + (voters.places().indexOf(self) << (failures - 1));
        }
    }

    private boolean isMine(long answered) {
        return busy && answered == ballot;
    }
}
