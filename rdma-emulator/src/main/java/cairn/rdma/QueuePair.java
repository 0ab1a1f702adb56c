package cairn.rdma;

import cairn.model.NodeId;
import cairn.model.verbs.AsynchronousEvent;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Payload;
import cairn.model.verbs.QueuePairState;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

/** One end of a reliable connection: its state, and the two sides that work for it. */
final class QueuePair {

    static final int SEND_TIMER = 0;
    static final int RETRY_TIMER = 1;
    static final int ANSWER_TIMER = 2;

    private static final NodeId NOBODY = new NodeId(0);

    private final int number;
    private final int domain;
    private final CompletionQueue sendCompletions;
    private final CompletionQueue receiveCompletions;
    private final Capacities capacities;
    private final Adapter adapter;
    private final ReceiveQueue receives;
    private final Requester requester;
    private final Responder responder;
    private QueuePairState state = QueuePairState.RESET;
    private int rights;
    private NodeId peer = NOBODY;
    private int peerNumber;
    private int mtu = 4096;

    /** Counts resets, so that a timer of an earlier life is known. */
    private int life;

    QueuePair(
            int number,
            int domain,
            CompletionQueue sendCompletions,
            CompletionQueue receiveCompletions,
            Capacities capacities,
            Adapter adapter) {
        this.number = number;
        this.domain = domain;
        this.sendCompletions = sendCompletions;
        this.receiveCompletions = receiveCompletions;
        this.capacities = capacities;
        this.adapter = adapter;
        this.receives = new ReceiveQueue(capacities.receiveRequests());
        this.requester = new Requester(this, adapter, capacities.sendRequests());
        this.responder = new Responder(this, adapter);
    }

    int number() {
        return number;
    }

    int domain() {
        return domain;
    }

    CompletionQueue sendCompletions() {
        return sendCompletions;
    }

    CompletionQueue receiveCompletions() {
        return receiveCompletions;
    }

    boolean uses(CompletionQueue queue) {
        return sendCompletions == queue || receiveCompletions == queue;
    }

    ReceiveQueue receives() {
        return receives;
    }

    QueuePairState state() {
        return state;
    }

    int rights() {
        return rights;
    }

    NodeId peer() {
        return peer;
    }

    int peerNumber() {
        return peerNumber;
    }

    int mtu() {
        return mtu;
    }

    /** How many packets carry a message; an empty one needs one. */
    int packets(long bytes) {
        return (int) Math.max(1, (bytes + mtu - 1) / mtu);
    }

    /** Whether new requests may start. */
    boolean sends() {
        return state == QueuePairState.RTS;
    }

    /** Whether requests that have started may still complete. */
    boolean isConnected() {
        return state == QueuePairState.RTS || state == QueuePairState.SQD;
    }

    private boolean serves() {
        return isConnected() || state == QueuePairState.RTR;
    }

    void after(long delayNanos, int kind) {
        adapter.host()
                .after(delayNanos, (long) (life & 0xFFFFFF) << 40 | (long) kind << 32 | number);
    }

    void fired(int timerLife, int kind) {
        if (timerLife != (life & 0xFFFFFF)) {
            return;
        }
        switch (kind) {
            case SEND_TIMER -> requester.sendTimer();
            case RETRY_TIMER -> requester.retryTimer();
            case ANSWER_TIMER -> responder.answerTimer();
            default -> throw new IllegalArgumentException("no such timer: " + kind);
        }
    }

    /** A packet; dropped silently when the state or the peer is another than it needs. */
    void receive(NodeId from, Packet packet) {
        if (!from.equals(peer)) {
            return;
        }
        if (packet.isRequest()) {
            if (serves()) {
                responder.receive(packet);
            }
        } else if (isConnected()) {
            requester.receive(packet);
        }
    }

    void modify(Transition transition) {
        switch (transition) {
            case Transition.Reset _ -> reset();
            case Transition.Initialise initialise -> {
                need(transition, QueuePairState.RESET);
                rights = Rights.of(initialise.access()) & Rights.REMOTE;
                state = QueuePairState.INIT;
            }
            case Transition.ReadyToReceive ready -> {
                need(transition, QueuePairState.INIT);
                peer = ready.peer();
                peerNumber = ready.peerQueuePair();
                mtu = ready.mtuBytes();
                responder.start(
                        ready.receivePsn(), ready.maxInboundReads(), ready.minRnrTimerCode());
                state = QueuePairState.RTR;
            }
            case Transition.ReadyToSend ready -> {
                need(transition, QueuePairState.RTR);
                requester.start(ready);
                state = QueuePairState.RTS;
            }
            case Transition.DrainSends _ -> {
                need(transition, QueuePairState.RTS);
                state = QueuePairState.SQD;
            }
            case Transition.ResumeSends _ -> {
                need(transition, QueuePairState.SQD);
                state = QueuePairState.RTS;
                requester.send();
            }
            case Transition.Fail _ -> {
                if (state == QueuePairState.RESET) {
                    throw new IllegalStateException(
                            "queue pair " + number + " is in RESET: " + transition);
                }
                // Revocation: what was accepted has landed, and nothing lands after this call.
                adapter.memory().drain(number);
                responder.stop();
                enterError();
            }
        }
    }

    private void need(Transition transition, QueuePairState needed) {
        if (state != needed) {
            throw new IllegalStateException(
                    "queue pair "
                            + number
                            + " is in "
                            + state
                            + ", not in "
                            + needed
                            + ": "
                            + transition);
        }
    }

    private void reset() {
        life++;
        adapter.memory().drain(number);
        state = QueuePairState.RESET;
        rights = 0;
        requester.clear();
        responder.stop();
        receives.clear();
        adapter.table().removeWindowsOf(number);
    }

    /** The peer's bad request ends the connection; what was answered before still leaves. */
    void refused() {
        adapter.host().raised(AsynchronousEvent.QUEUE_PAIR_ACCESS_ERROR, number);
        enterError();
    }

    /** Flushes everything outstanding; a second call does nothing. */
    void enterError() {
        if (state == QueuePairState.ERR) {
            return;
        }
        state = QueuePairState.ERR;
        requester.flush();
        for (ReceiveRequest left = receives.take(); left != null; left = receives.take()) {
            flush(left);
        }
    }

    private void flush(ReceiveRequest request) {
        adapter.complete(
                receiveCompletions,
                WorkCompletion.failed(request.id(), CompletionStatus.WR_FLUSH_ERR, number));
    }

    void post(WorkRequest request) {
        if (state == QueuePairState.ERR) {
            requester.flush(request);
            return;
        }
        if (!isConnected()) {
            throw new IllegalStateException(
                    "queue pair " + number + " is in " + state + ": nothing can be sent");
        }
        checkInline(request);
        requester.checkRoom();
        requester.post(request);
    }

    private void checkInline(WorkRequest request) {
        Payload payload = Requests.payload(request);
        if (payload instanceof Payload.Inline && payload.length() > capacities.inlineBytes()) {
            throw new IllegalArgumentException(
                    "inline payload is at most "
                            + capacities.inlineBytes()
                            + " bytes: "
                            + payload.length());
        }
    }

    void postReceive(ReceiveRequest request) {
        switch (state) {
            case RESET ->
                    throw new IllegalStateException(
                            "queue pair " + number + " is in RESET: nothing can be received");
            case ERR -> flush(request);
            case INIT, RTR, RTS, SQD -> receives.add(request);
        }
    }
}
