package cairn.rdma;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * What a responder has still to say, in the order of the requests. One timer is out while the first
 * is not ready.
 */
final class Answers {

    /**
     * An answer that has to wait for its time or for one before it.
     *
     * @param counts whether it takes one of the places that the connection has for answers; one
     *     that is given again has the place of the first
     */
    private record Waiting(
            Packet answer, @Nullable Packet read, long psn, long readyNanos, boolean counts) {}

    private final QueuePair pair;
    private final Adapter adapter;
    private final Responder responder;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int outstanding;

    Answers(QueuePair pair, Adapter adapter, Responder responder) {
        this.pair = pair;
        this.adapter = adapter;
        this.responder = responder;
    }

    /** How many READs, atomics and FLUSHes are not answered yet, each counted once. */
    int outstanding() {
        return outstanding;
    }

    void clear() {
        waiting.clear();
        outstanding = 0;
    }

    void acknowledge(long psn) {
        Packet answer = new Packet(Packet.Kind.ACKNOWLEDGE, pair.peerNumber(), psn);
        if (waiting.isEmpty()) {
            adapter.transmit(pair, answer);
            return;
        }
        // An acknowledgement covers all before it, so of two in a row the later one is enough.
        if (waiting.getLast().answer.kind == Packet.Kind.ACKNOWLEDGE) {
            waiting.removeLast();
        }
        waiting.addLast(new Waiting(answer, null, psn, 0, false));
    }

    void refuse(long psn, Refusal refusal, int timerCode) {
        Packet answer = new Packet(Packet.Kind.REFUSE, pair.peerNumber(), psn);
        answer.refusal = refusal;
        answer.rnrTimerCode = timerCode;
        if (waiting.isEmpty()) {
            adapter.transmit(pair, answer);
        } else {
            waiting.addLast(new Waiting(answer, null, psn, 0, false));
        }
    }

    void result(long psn, long value, long serviceNanos) {
        result(psn, value, serviceNanos, true);
    }

    /** The same for a request that came again. */
    void resultAgain(long psn, long value, long serviceNanos) {
        result(psn, value, serviceNanos, false);
    }

    private void result(long psn, long value, long serviceNanos, boolean counts) {
        Packet answer = new Packet(Packet.Kind.RESPONSE, pair.peerNumber(), psn);
        answer.operand = value;
        enqueue(new Waiting(answer, null, psn, adapter.host().now() + serviceNanos, counts));
    }

    void read(long psn, Packet request) {
        read(psn, request, true);
    }

    /** The same for a request that came again. */
    void readAgain(long psn, Packet request) {
        read(psn, request, false);
    }

    private void read(long psn, Packet request, boolean counts) {
        Packet placeholder = new Packet(Packet.Kind.READ_RESPONSE, pair.peerNumber(), psn);
        enqueue(
                new Waiting(
                        placeholder,
                        request,
                        psn,
                        adapter.host().now() + adapter.costs().readServiceNanos(),
                        counts));
    }

    private void enqueue(Waiting next) {
        outstanding += next.counts ? 1 : 0;
        waiting.addLast(next);
        if (waiting.size() == 1) {
            arm(next);
        }
    }

    private void arm(Waiting next) {
        pair.after(Math.max(0, next.readyNanos - adapter.host().now()), QueuePair.ANSWER_TIMER);
    }

    /** Sends what is ready; the rest waits for the next timer. */
    void fired() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.getFirst();
            if (next.readyNanos > adapter.host().now()) {
                arm(next);
                return;
            }
            waiting.removeFirst();
            if (!send(next)) {
                return;
            }
        }
    }

    private boolean send(Waiting next) {
        Packet read = next.read;
        outstanding -= next.counts ? 1 : 0;
        if (read == null) {
            adapter.transmit(pair, next.answer);
            return true;
        }
        if (responder.answerRead(next.psn, read)) {
            return true;
        }
        // A key that was revoked while the READ waited: refused, and nothing after it is answered.
        clear();
        refuse(next.psn, Refusal.ACCESS, 0);
        return false;
    }
}
