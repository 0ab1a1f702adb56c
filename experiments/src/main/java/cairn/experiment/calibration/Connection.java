package cairn.experiment.calibration;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.Extent;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Payload;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkRequest;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One end of the probe's connection: the first half of its buffers is sent, the second half
 * receives.
 */
final class Connection {

    static final Set<Access> RIGHTS = EnumSet.of(Access.REMOTE_READ, Access.REMOTE_WRITE);

    private static final int PSN = 0;

    private final int size;
    private final int domain;
    private final int lkey;
    private final int completions;
    private int queuePair;

    Connection(int size, Outbox<Hello> out) {
        this.size = size;
        domain = out.verbs().allocateDomain();
        Extent buffers = new Extent(out.memory().size(), 2L * size);
        lkey =
                out.verbs()
                        .register(
                                domain,
                                MemoryKind.DRAM,
                                List.of(buffers),
                                EnumSet.of(Access.LOCAL_WRITE))
                        .lkey();
        completions = out.verbs().createCompletionQueue(64);
        queuePair = fresh(out);
    }

    private int fresh(Outbox<Hello> out) {
        return out.verbs().createQueuePair(domain, completions, completions, Capacities.DEFAULT);
    }

    /** Gives the queue pair up for one that was never connected. */
    void renew(Outbox<Hello> out) {
        out.verbs().destroyQueuePair(queuePair);
        queuePair = fresh(out);
    }

    int domain() {
        return domain;
    }

    int queuePair() {
        return queuePair;
    }

    /** Brings the connection up, and lets the peer do what it may. */
    void connect(NodeId peer, int peerQueuePair, Set<Access> access, Outbox<Hello> out) {
        out.verbs().modify(queuePair, new Transition.Initialise(access));
        receive(out);
        out.verbs().modify(queuePair, new Transition.ReadyToReceive(peer, peerQueuePair, PSN));
        out.verbs().modify(queuePair, new Transition.ReadyToSend(PSN));
    }

    void post(WorkRequest request, Outbox<Hello> out) {
        out.verbs().post(queuePair, request);
    }

    void receive(Outbox<Hello> out) {
        out.verbs().postReceive(queuePair, new ReceiveRequest(0, new LocalSlice(lkey, size, size)));
    }

    /** What is sent: in the request itself where it fits. */
    Payload payload() {
        return size <= Capacities.DEFAULT.inlineBytes()
                ? Payload.inline(new byte[size])
                : Payload.gather(new LocalSlice(lkey, 0, size));
    }

    LocalSlice received(int length) {
        return new LocalSlice(lkey, size, length);
    }
}
