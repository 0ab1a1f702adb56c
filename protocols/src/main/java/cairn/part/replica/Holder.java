package cairn.part.replica;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;
import cairn.part.replica.ReplicaMessage.Forward;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Piece;
import cairn.part.replica.ReplicaMessage.Probe;
import cairn.part.replica.ReplicaMessage.Read;
import cairn.part.replica.ReplicaMessage.Replicate;
import cairn.part.replica.ReplicaMessage.ToHolder;

import org.jspecify.annotations.Nullable;

/**
 * One place's copy of the group: stores newer versions of who may store, and says what it holds.
 * The former version stays on the disk until the new one is there as a whole.
 */
public final class Holder<M extends Message> {

    /** How many tokens it takes, from its first. */
    public static final int TOKENS = 2 * StableFile.TOKENS;

    private final Replicas<M> replicas;
    private final NodeId self;
    private final Fence<M> fence;
    private final StableFile file;
    private boolean copyKnown;
    private Copy held = Copy.NOTHING;
    private final CopyDigest digest = new CopyDigest();
    private @Nullable Replicate writing;
    private @Nullable Replicate next;
    private @Nullable Asked waiting;

    /** A probe that waits until what an earlier term had begun to store is stored. */
    private record Asked(NodeId from, Probe probe) {}

    /** The copy of a place, whose tokens of the disk and timers are some from the first on. */
    public Holder(Replicas<M> replicas, NodeId self, long firstToken) {
        this.replicas = replicas;
        this.self = self;
        long copyToken = firstToken + StableFile.TOKENS;
        fence = new Fence<>(replicas, self, firstToken);
        file = new StableFile("copy", copyToken, replicas.settings().heartbeatNanos());
    }

    public void boot(int incarnation, Outbox<M> out) {
        fence.boot(incarnation, out);
        file.read(out);
    }

    /** Whether it has read what it had stored. */
    public boolean isReady() {
        return fence.journal().isReady() && copyKnown;
    }

    public void fired(long timer, Outbox<M> out) {
        if (fence.journal().owns(timer)) {
            fence.journal().fired(out);
        } else {
            file.fired(out);
        }
    }

    // ---- what the disk says

    public void onDisk(Event.OfDisk<?> event, Outbox<M> out) {
        if (fence.journal().owns(event.token())) {
            fence.journal().onDisk(event, out);
            return;
        }
        switch (file.on(event, out)) {
            case ABSENT -> copyKnown = true;
            case READ -> recallCopy(file.content(), out);
            case WRITTEN -> written(out);
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
    }

    private void recallCopy(byte[] content, Outbox<M> out) {
        out.spend(replicas.costs().checksumNanos(content.length));
        Copy copy = Copy.fromBytes(content);
        if (copy == null) {
            out.halt("its copy is damaged");
            return;
        }
        copyKnown = true;
        held = copy;
        fence.stored(copy.term());
        claimHeld(out);
    }

    private void written(Outbox<M> out) {
        Replicate done = writing;
        if (done == null) {
            throw new IllegalStateException("nothing was being written");
        }
        writing = null;
        if (replicas.rules().waitsForDisk(replicas.settings())) {
            held = done.copy();
            obey(done.copy().term(), out);
            answer(done.origin(), 0, out);
        }
        Asked asked = waiting;
        if (asked != null) {
            waiting = null;
            raise(asked.from(), asked.probe(), out);
        }
        begin(out);
    }

    private void obey(long term, Outbox<M> out) {
        fence.stored(term);
        out.claim(new Fact.Obeyed(self, term));
        claimHeld(out);
    }

    private void claimHeld(Outbox<M> out) {
        out.claim(new Fact.Held(replicas.name(), new Epoch(held.version()), digest.of(held)));
    }

    // ---- what others ask

    public void on(NodeId from, ToHolder message, Outbox<M> out) {
        switch (message) {
            case Replicate replicate -> replicate(replicate, out);
            case Probe probe -> probe(from, probe, out);
            case Forward(long term, long version) -> forward(from, term, version, out);
            case Read(long version, int index) -> {
                if (version == held.version() && index < held.segments().size()) {
                    send(from, held.segments().get(index), out);
                }
            }
        }
    }

    private void send(NodeId to, Segment segment, Outbox<M> out) {
        out.spend(replicas.costs().checksumNanos(segment.length()));
        int count = held.segments().size();
        long checksum = segment.checksum();
        replicas.send(to, new Piece(held.version(), held.former(), count, segment, checksum), out);
    }

    /** CS-7: puts a version that this place holds in the global storage, for its origin. */
    private void forward(NodeId origin, long term, long version, Outbox<M> out) {
        if (held.version() == version) {
            Replicate replicate = new Replicate(origin, held.under(term), version);
            replicas.domains().globals().forEach(global -> replicas.send(global, replicate, out));
        }
    }

    private void replicate(Replicate replicate, Outbox<M> out) {
        Copy copy = replicate.copy();
        out.spend(replicas.costs().memcpyNanos(copy.length()));
        boolean fits = replicate.base() == copy.version() || replicate.base() == held.version();
        // It is refused too if it needs a version that this place does not hold.
        if (replicas.rules().isFenced(copy.term(), fence.term())
                || !replicas.rules().isNewer(copy, latest())
                || !fits) {
            answer(replicate.origin(), 0, out);
            return;
        }
        if (replicate.base() != copy.version()) {
            copy = copy.on(held);
        }
        fence.hear(copy.term());
        next = new Replicate(replicate.origin(), copy, copy.version());
        if (!replicas.rules().waitsForDisk(replicas.settings())) {
            held = copy;
            obey(copy.term(), out);
        }
        begin(out);
        answer(replicate.origin(), 0, out);
    }

    private Copy latest() {
        Replicate last = next == null ? writing : next;
        return last == null ? held : last.copy();
    }

    private void begin(Outbox<M> out) {
        Replicate due = next;
        if (due != null && writing == null && copyKnown) {
            next = null;
            writing = due;
            byte[] bytes = due.copy().toBytes();
            out.spend(
                    replicas.costs().memcpyNanos(bytes.length)
                            + replicas.costs().checksumNanos(bytes.length));
            file.write(bytes, out);
        }
    }

    /** CS-13: after the answer nothing is stored under an earlier term than the probe's. */
    private void probe(NodeId from, Probe probe, Outbox<M> out) {
        if (!fence.isRaisedBy(probe.term())) {
            if (waiting == null) {
                answer(from, probe.number(), out);
            }
            return;
        }
        fence.hear(probe.term());
        if (writing == null) {
            raise(from, probe, out);
        } else {
            next = null;
            waiting = new Asked(from, probe);
        }
    }

    private void raise(NodeId from, Probe probe, Outbox<M> out) {
        fence.commit(out);
        fence.oweRaised(probe.term(), from, replicas.wire().apply(holds(probe.number())), out);
    }

    private void answer(NodeId to, long number, Outbox<M> out) {
        fence.journal().owe(to, replicas.wire().apply(holds(number)), out);
    }

    private Holds holds(long number) {
        return new Holds(
                number, fence.identity(), fence.stated(), held.version(), latest().version());
    }
}
