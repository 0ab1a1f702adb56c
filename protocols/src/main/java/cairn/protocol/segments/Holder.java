package cairn.protocol.segments;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;
import cairn.protocol.segments.SegmentsMessage.Holds;
import cairn.protocol.segments.SegmentsMessage.Piece;
import cairn.protocol.segments.SegmentsMessage.Probe;
import cairn.protocol.segments.SegmentsMessage.Read;
import cairn.protocol.segments.SegmentsMessage.Replicate;
import cairn.protocol.segments.SegmentsMessage.ToReplica;

import org.jspecify.annotations.Nullable;

/**
 * One place's copy of the group: stores newer versions of who may store, and says what it holds.
 * The former version stays on the disk until the new one is there as a whole.
 */
final class Holder {

    /** How many tokens it takes, from its first. */
    static final int TOKENS = 2 * StableFile.TOKENS;

    private final Setup setup;
    private final NodeId self;
    private final Fence fence;
    private final StableFile file;
    private boolean copyKnown;
    private Copy held = Copy.NOTHING;
    private @Nullable Replicate writing;
    private @Nullable Replicate next;
    private @Nullable Asked waiting;

    /** A probe that waits until what an earlier term had begun to store is stored. */
    private record Asked(NodeId from, Probe probe) {}

    Holder(Setup setup, NodeId self, long firstToken) {
        this.setup = setup;
        this.self = self;
        long copyToken = firstToken + StableFile.TOKENS;
        fence = new Fence(setup, self, firstToken);
        file = new StableFile("copy", copyToken, setup.settings().heartbeatNanos());
    }

    void boot(int incarnation, Outbox<SegmentsMessage> out) {
        fence.boot(incarnation, out);
        file.read(out);
    }

    boolean isReady() {
        return fence.journal().isReady() && copyKnown;
    }

    Copy held() {
        return held;
    }

    void fired(long timer, Outbox<SegmentsMessage> out) {
        if (fence.journal().owns(timer)) {
            fence.journal().fired(out);
        } else {
            file.fired(out);
        }
    }

    // ---- what the disk says

    void onDisk(Event.OfDisk<?> event, Outbox<SegmentsMessage> out) {
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

    private void recallCopy(byte[] content, Outbox<SegmentsMessage> out) {
        out.spend(setup.costs().checksumNanos(content.length));
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

    private void written(Outbox<SegmentsMessage> out) {
        Replicate done = writing;
        if (done == null) {
            throw new IllegalStateException("nothing was being written");
        }
        writing = null;
        if (setup.rules().waitsForDisk(setup.settings())) {
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

    private void obey(long term, Outbox<SegmentsMessage> out) {
        fence.stored(term);
        out.claim(new Fact.Obeyed(self, term));
        claimHeld(out);
    }

    private void claimHeld(Outbox<SegmentsMessage> out) {
        out.claim(new Fact.Held(setup.name(), new Epoch(held.version())));
    }

    // ---- what others ask

    void on(NodeId from, ToReplica message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Replicate replicate -> replicate(replicate, out);
            case Probe probe -> probe(from, probe, out);
            case Read(long version, int index) -> {
                if (version == held.version() && index < held.segments().size()) {
                    send(from, held.segments().get(index), out);
                }
            }
        }
    }

    private void send(NodeId to, Segment segment, Outbox<SegmentsMessage> out) {
        out.spend(setup.costs().checksumNanos(segment.length()));
        int count = held.segments().size();
        long checksum = segment.checksum();
        out.send(to, new Piece(held.version(), held.former(), count, segment, checksum));
    }

    private void replicate(Replicate replicate, Outbox<SegmentsMessage> out) {
        Copy copy = replicate.copy();
        out.spend(setup.costs().memcpyNanos(copy.length()));
        boolean fits = replicate.base() == copy.version() || replicate.base() == held.version();
        // It is refused too if it needs a version that this place does not hold.
        if (setup.rules().isFenced(copy.term(), fence.term())
                || !setup.rules().isNewer(copy, latest())
                || !fits) {
            answer(replicate.origin(), 0, out);
            return;
        }
        if (replicate.base() != copy.version()) {
            copy = copy.on(held);
        }
        fence.hear(copy.term());
        next = new Replicate(replicate.origin(), copy, copy.version());
        if (!setup.rules().waitsForDisk(setup.settings())) {
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

    private void begin(Outbox<SegmentsMessage> out) {
        Replicate due = next;
        if (due != null && writing == null && copyKnown) {
            next = null;
            writing = due;
            byte[] bytes = due.copy().toBytes();
            out.spend(
                    setup.costs().memcpyNanos(bytes.length)
                            + setup.costs().checksumNanos(bytes.length));
            file.write(bytes, out);
        }
    }

    /** CS-13: after the answer nothing is stored under an earlier term than the probe's. */
    private void probe(NodeId from, Probe probe, Outbox<SegmentsMessage> out) {
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

    private void raise(NodeId from, Probe probe, Outbox<SegmentsMessage> out) {
        fence.commit(out);
        fence.oweRaised(probe.term(), from, holds(probe.number()), out);
    }

    private void answer(NodeId to, long number, Outbox<SegmentsMessage> out) {
        fence.journal().owe(to, holds(number), out);
    }

    private Holds holds(long number) {
        return new Holds(
                number, fence.identity(), fence.stated(), held.version(), latest().version());
    }
}
