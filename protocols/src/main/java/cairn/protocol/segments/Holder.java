package cairn.protocol.segments;

import cairn.model.CpuCosts;
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

    private final SegmentsSettings settings;
    private final Rules rules;
    private final CpuCosts costs;
    private final NodeId self;
    private final String name;
    private final Fence fence;
    private final StableFile file;
    private boolean copyKnown;
    private Copy held = Copy.NOTHING;
    private @Nullable Replicate writing;
    private @Nullable Replicate next;
    private @Nullable Asked waiting;

    /** A probe that waits until what an earlier term had begun to store is stored. */
    private record Asked(NodeId from, Probe probe) {}

    Holder(
            SegmentsSettings settings,
            Rules rules,
            CpuCosts costs,
            NodeId self,
            String name,
            long firstToken) {
        this.settings = settings;
        this.rules = rules;
        this.costs = costs;
        this.self = self;
        this.name = name;
        long retryNanos = settings.heartbeatNanos();
        // What had been received only is gone when it starts again: then it is another member.
        boolean keepsIdentity = settings.acknowledge() == Acknowledge.DURABLE;
        fence = new Fence(rules, keepsIdentity, self, firstToken, retryNanos);
        file = new StableFile("copy", firstToken + StableFile.TOKENS, retryNanos);
    }

    void boot(int incarnation, Outbox<SegmentsMessage> out) {
        fence.boot(incarnation, out);
        file.read(out);
    }

    boolean isReady() {
        return fence.isReady() && copyKnown;
    }

    Copy held() {
        return held;
    }

    boolean owns(long token) {
        return fence.owns(token) || file.owns(token);
    }

    void fired(long timer, Outbox<SegmentsMessage> out) {
        if (fence.owns(timer)) {
            fence.fired(out);
        } else {
            file.fired(out);
        }
    }

    // ---- what the disk says

    void onDisk(Event.OfDisk<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        if (fence.owns(event.token())) {
            fence.onDisk(event, out);
        } else {
            onCopy(event, out);
        }
    }

    private void onCopy(Event.OfDisk<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
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
        out.spend(costs.checksumNanos(content.length));
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
        if (rules.waitsForDisk(settings)) {
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
        out.claim(new Fact.Held(name, new Epoch(held.version())));
    }

    // ---- what others ask

    void on(NodeId from, ToReplica message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case Replicate replicate -> replicate(replicate, out);
            case Probe probe -> probe(from, probe, out);
            case Read(long version, int index) -> {
                if (version == held.version() && index < held.segments().size()) {
                    Segment segment = held.segments().get(index);
                    out.spend(costs.checksumNanos(segment.length()));
                    out.send(
                            from,
                            new Piece(
                                    version,
                                    held.former(),
                                    held.segments().size(),
                                    segment,
                                    segment.checksum()));
                }
            }
        }
    }

    private void replicate(Replicate replicate, Outbox<SegmentsMessage> out) {
        Copy copy = replicate.copy();
        out.spend(costs.memcpyNanos(copy.length()));
        if (rules.isFenced(copy.term(), fence.term()) || !rules.isNewer(copy, latest())) {
            answer(replicate.origin(), 0, out);
            return;
        }
        if (replicate.base() != copy.version()) {
            if (replicate.base() != held.version()) {
                // It needs a version that this place does not hold.
                answer(replicate.origin(), 0, out);
                return;
            }
            copy = copy.on(held);
        }
        fence.hear(copy.term());
        next = new Replicate(replicate.origin(), copy, copy.version());
        if (!rules.waitsForDisk(settings)) {
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
            out.spend(costs.memcpyNanos(bytes.length) + costs.checksumNanos(bytes.length));
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
        fence.owe(to, holds(number), out);
    }

    private Holds holds(long number) {
        return new Holds(
                number, fence.identity(), fence.stated(), held.version(), latest().version());
    }
}
