package cairn.rdma;

import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.Payload;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The side of a queue pair that works off the send queue: cuts messages into packets, sends them
 * ahead of their acknowledgement, and goes back to the first that is missing.
 */
final class Requester {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final QueuePair pair;
    private final Adapter adapter;
    private final WriteStream stream;
    private final SendQueue queue;
    private final Patience patience = new Patience();

    /** Of the requests in the queue those before this one have been sent. */
    private long next;

    private long postPsn;
    private long nextPsn;
    private long sentPsn;
    private long unacknowledged;
    private int outstandingReads;
    private int maxOutbound;
    private long pausedUntilNanos;
    private boolean retryTimerOut;
    private long sendTimerNanos = Long.MAX_VALUE;

    Requester(QueuePair pair, Adapter adapter, int room) {
        this.pair = pair;
        this.adapter = adapter;
        this.queue = new SendQueue(room);
        this.stream = new WriteStream(-pair.number());
    }

    void start(Transition.ReadyToSend attributes) {
        postPsn = attributes.sendPsn();
        nextPsn = postPsn;
        sentPsn = postPsn;
        unacknowledged = postPsn;
        maxOutbound = attributes.maxOutboundReads();
        patience.start(attributes);
    }

    /** Forgets all requests without completions. */
    void clear() {
        queue.clear();
        next = 0;
        outstandingReads = 0;
        pausedUntilNanos = 0;
        retryTimerOut = false;
        sendTimerNanos = Long.MAX_VALUE;
    }

    void checkRoom() {
        if (queue.isFull()) {
            throw new IllegalStateException(
                    "the send queue is full: " + queue.room() + " requests");
        }
    }

    void post(WorkRequest request) {
        int packets = pair.packets(Requests.transferred(request));
        boolean fetches =
                Requests.payload(request) instanceof Payload.Gather gather && gather.length() > 0;
        long fetching = fetches ? adapter.costs().payloadFetchNanos() : 0;
        queue.add(request, postPsn, packets, adapter.host().now() + fetching);
        postPsn += packets;
        send();
    }

    /** Sends as much as order, fences, limits and time allow. */
    void send() {
        boolean wasIdle = sentPsn <= unacknowledged;
        while (next < queue.tail() && pair.sends()) {
            WorkRequest request = queue.at(next);
            boolean begins = nextPsn == queue.firstPsn(next);
            if (begins && mustWait(request)) {
                break;
            }
            if (nextPsn - unacknowledged >= adapter.costs().windowPackets()) {
                break;
            }
            long earliest = Math.max(pausedUntilNanos, begins ? queue.readyNanos(next) : 0);
            if (earliest > adapter.host().now()) {
                sendLater(earliest);
                break;
            }
            CompletionStatus local = checkLocal(request);
            if (local != CompletionStatus.SUCCESS) {
                // What went before completes first.
                if (queue.head() == next) {
                    fail(local);
                }
                break;
            }
            sendPacket(request);
        }
        if (wasIdle) {
            patience.waitFrom(adapter.host().now());
        }
        armRetry();
    }

    private boolean mustWait(WorkRequest request) {
        return (request.fence() && queue.head() < next)
                || (Requests.isAnswered(request)
                        && maxOutbound > 0
                        && outstandingReads >= maxOutbound);
    }

    private CompletionStatus checkLocal(WorkRequest request) {
        if (Requests.isAnswered(request) && maxOutbound == 0) {
            return CompletionStatus.LOC_QP_OP_ERR;
        }
        return switch (request) {
            case WorkRequest.Send send -> checkPayload(send.payload());
            case WorkRequest.Write write -> checkPayload(write.payload());
            case WorkRequest.WriteWithImmediate write -> checkPayload(write.payload());
            case WorkRequest.Read read ->
                    adapter.memory().checkLocal(pair.domain(), read.into(), true);
            case WorkRequest.CompareAndSwap swap -> checkResult(swap.result());
            case WorkRequest.FetchAndAdd add -> checkResult(add.result());
            case WorkRequest.AtomicWrite _, WorkRequest.Flush _ -> CompletionStatus.SUCCESS;
        };
    }

    private CompletionStatus checkPayload(Payload payload) {
        return payload instanceof Payload.Gather(List<LocalSlice> slices)
                ? adapter.memory().checkLocal(pair.domain(), slices, false)
                : CompletionStatus.SUCCESS;
    }

    private CompletionStatus checkResult(LocalSlice result) {
        return result.length() != 8
                ? CompletionStatus.LOC_LEN_ERR
                : adapter.memory().checkLocal(pair.domain(), List.of(result), true);
    }

    /**
     * Sends one packet of the request at {@code next}, or the one packet that asks for an answer.
     */
    private void sendPacket(WorkRequest request) {
        int part = (int) (nextPsn - queue.firstPsn(next));
        Packet packet = Requests.packet(request, pair, adapter, nextPsn, part, queue.packets(next));
        if (Requests.isAnswered(request)) {
            outstandingReads++;
            nextPsn = queue.endPsn(next);
            next++;
        } else {
            nextPsn++;
            if (packet.last) {
                next++;
            }
            boolean every = nextPsn % adapter.costs().acknowledgeEveryPackets() == 0;
            packet.acknowledge =
                    every || (packet.last && (request.signalled() || next == queue.tail()));
        }
        sentPsn = Math.max(sentPsn, nextPsn);
        adapter.transmit(pair, packet);
    }

    private void sendLater(long atNanos) {
        if (atNanos < sendTimerNanos) {
            sendTimerNanos = atNanos;
            pair.after(atNanos - adapter.host().now(), QueuePair.SEND_TIMER);
        }
    }

    void sendTimer() {
        sendTimerNanos = Long.MAX_VALUE;
        send();
    }

    private void armRetry() {
        if (patience.ends() && sentPsn > unacknowledged && !retryTimerOut) {
            retryTimerOut = true;
            pair.after(patience.leftNanos(adapter.host().now()), QueuePair.RETRY_TIMER);
        }
    }

    void retryTimer() {
        retryTimerOut = false;
        if (sentPsn <= unacknowledged || !pair.isConnected()) {
            return;
        }
        if (patience.leftNanos(adapter.host().now()) > 0) {
            armRetry();
        } else {
            retry();
        }
    }

    /** Goes back to the first packet that was not acknowledged, or gives up. */
    private void retry() {
        if (queue.isEmpty()) {
            return;
        }
        if (!patience.triesAgain()) {
            fail(CompletionStatus.RETRY_EXC_ERR);
            return;
        }
        rewind();
        patience.waitFrom(adapter.host().now());
        send();
    }

    private void rewind() {
        next = queue.head();
        nextPsn = unacknowledged;
        outstandingReads = 0;
    }

    /** A response of the peer. */
    void receive(Packet packet) {
        long psn = Psn.near(unacknowledged, packet.psn);
        if (psn >= sentPsn || queue.isEmpty()) {
            return;
        }
        switch (packet.kind) {
            case ACKNOWLEDGE -> {
                if (psn >= unacknowledged) {
                    progress(psn);
                }
            }
            case READ_RESPONSE, RESPONSE -> {
                if (psn >= unacknowledged) {
                    answered(packet, psn);
                }
            }
            case REFUSE -> refused(packet, psn);
            case SEND, WRITE, READ_REQUEST, COMPARE_AND_SWAP, FETCH_AND_ADD, ATOMIC_WRITE, FLUSH ->
                    throw new IllegalStateException(
                            "a request was taken for a response: " + packet);
        }
    }

    private void progress(long psn) {
        boolean all = acknowledged(psn);
        if (!all && pair.isConnected()) {
            retry();
        } else {
            send();
        }
    }

    /** Completes what an acknowledgement covers; false when an answer is missing before it. */
    private boolean acknowledged(long psn) {
        while (unacknowledged <= psn && !queue.isEmpty()) {
            if (Requests.isAnswered(queue.at(queue.head()))) {
                return false;
            }
            long behind = queue.endPsn(queue.head());
            unacknowledged = Math.min(psn + 1, behind);
            madeProgress();
            if (unacknowledged == behind) {
                complete(0);
            }
        }
        return true;
    }

    private void madeProgress() {
        patience.renew(adapter.host().now());
        if (nextPsn < unacknowledged) {
            nextPsn = unacknowledged;
        }
    }

    /**
     * An answer to the oldest request, or to a later one, which says that one in between was lost.
     */
    private void answered(Packet packet, long psn) {
        if (!acknowledged(psn - 1) || psn != unacknowledged) {
            retry();
            return;
        }
        WorkRequest request = queue.at(queue.head());
        if (Requests.isAnswered(request) && deliver(request, packet, psn)) {
            send();
        }
    }

    /** Takes an answer to the oldest request; false when the local memory is not there any more. */
    private boolean deliver(WorkRequest request, Packet packet, long psn) {
        CompletionStatus local = checkLocal(request);
        if (local != CompletionStatus.SUCCESS) {
            fail(local);
            return false;
        }
        long head = queue.head();
        int bytes = 0;
        if (request instanceof WorkRequest.Read read) {
            long done = (psn - queue.firstPsn(head)) * pair.mtu();
            adapter.memory()
                    .scatter(
                            stream,
                            read.into(),
                            done,
                            packet.payload,
                            packet.payloadOffset,
                            packet.payloadLength);
            bytes = read.length();
        } else if (request instanceof WorkRequest.CompareAndSwap swap) {
            deliver(swap.result(), packet.operand);
        } else if (request instanceof WorkRequest.FetchAndAdd add) {
            deliver(add.result(), packet.operand);
        }
        unacknowledged = psn + 1;
        madeProgress();
        if (unacknowledged == queue.endPsn(head)) {
            // A completion implies that what was read is visible.
            adapter.memory().drain(stream.connection());
            outstandingReads = Math.max(0, outstandingReads - 1);
            complete(bytes);
        }
        return true;
    }

    private void deliver(LocalSlice result, long value) {
        byte[] word = new byte[8];
        LONGS.set(word, 0, value);
        adapter.memory().scatter(stream, List.of(result), 0, word, 0, 8);
    }

    private void refused(Packet packet, long psn) {
        if (psn < unacknowledged) {
            return;
        }
        if (!acknowledged(psn - 1) || queue.isEmpty()) {
            retry();
            return;
        }
        switch (packet.refusal) {
            case SEQUENCE -> retry();
            case NOT_READY -> waitUntilReady(packet);
            case INVALID_REQUEST, ACCESS, OPERATION -> fail(packet.refusal.status());
        }
    }

    private void waitUntilReady(Packet packet) {
        if (!patience.triesAgainWhenReady()) {
            fail(CompletionStatus.RNR_RETRY_EXC_ERR);
            return;
        }
        pausedUntilNanos = adapter.host().now() + RnrTimer.nanos(packet.rnrTimerCode);
        rewind();
        patience.waitFrom(pausedUntilNanos);
        send();
    }

    /** Completes the oldest request with success. */
    private void complete(int bytes) {
        WorkRequest done = queue.removeFirst();
        next = Math.max(next, queue.head());
        if (done.signalled()) {
            queue.retire();
            adapter.complete(
                    pair.sendCompletions(),
                    new WorkCompletion(
                            done.id(),
                            CompletionStatus.SUCCESS,
                            done.opcode(),
                            pair.number(),
                            bytes,
                            0));
        }
    }

    /** Completes the oldest request with an error and puts the queue pair into the error state. */
    private void fail(CompletionStatus status) {
        WorkRequest failed = queue.removeFirst();
        adapter.complete(
                pair.sendCompletions(), WorkCompletion.failed(failed.id(), status, pair.number()));
        pair.enterError();
    }

    /** Everything that is left is flushed, signalled or not. */
    void flush() {
        while (!queue.isEmpty()) {
            flush(queue.removeFirst());
        }
        next = queue.head();
        queue.retire();
        nextPsn = postPsn;
        unacknowledged = postPsn;
        sentPsn = postPsn;
    }

    void flush(WorkRequest request) {
        adapter.complete(
                pair.sendCompletions(),
                WorkCompletion.failed(request.id(), CompletionStatus.WR_FLUSH_ERR, pair.number()));
    }
}
