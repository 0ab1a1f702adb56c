package cairn.rdma;

import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.Payload;
import cairn.model.verbs.Transition;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import org.jspecify.annotations.Nullable;

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
    private static final int FOR_EVER = 7;

    private final QueuePair pair;
    private final Adapter adapter;
    private final WriteStream stream;
    private final @Nullable WorkRequest[] requests;
    private final long[] firstPsns;
    private final int[] packets;
    private final long[] readyNanos;
    private final int mask;

    /** Requests are numbered on; [head, next) have been sent, [next, tail) have not. */
    private long head;

    private long next;
    private long tail;

    /** Places before this one are free: a signalled completion has said so. */
    private long retired;

    private long postPsn;
    private long nextPsn;
    private long sentPsn;
    private long unacknowledged;
    private int outstandingReads;
    private int maxOutbound;
    private int retryCount;
    private int retriesLeft;
    private int rnrRetryCount;
    private int rnrRetriesLeft;
    private long timeoutNanos;
    private long deadlineNanos;
    private long pausedUntilNanos;
    private boolean retryTimerOut;
    private long sendTimerNanos = Long.MAX_VALUE;
    private final int room;

    Requester(QueuePair pair, Adapter adapter, int room) {
        this.pair = pair;
        this.adapter = adapter;
        this.room = room;
        this.stream = new WriteStream(-pair.number());
        int places = Math.max(2, Integer.highestOneBit(room * 2 - 1));
        requests = new WorkRequest[places];
        firstPsns = new long[places];
        packets = new int[places];
        readyNanos = new long[places];
        mask = places - 1;
    }

    void start(Transition.ReadyToSend attributes) {
        postPsn = attributes.sendPsn();
        nextPsn = postPsn;
        sentPsn = postPsn;
        unacknowledged = postPsn;
        maxOutbound = attributes.maxOutboundReads();
        retryCount = attributes.retryCount();
        retriesLeft = retryCount;
        rnrRetryCount = attributes.rnrRetryCount();
        rnrRetriesLeft = rnrRetryCount;
        timeoutNanos =
                attributes.timeoutExponent() == 0 ? 0 : 4096L << attributes.timeoutExponent();
    }

    /** Forgets all requests without completions. */
    void clear() {
        java.util.Arrays.fill(requests, null);
        head = 0;
        next = 0;
        tail = 0;
        retired = 0;
        outstandingReads = 0;
        pausedUntilNanos = 0;
        retryTimerOut = false;
        sendTimerNanos = Long.MAX_VALUE;
    }

    void checkRoom() {
        if (tail - retired >= room) {
            throw new IllegalStateException("the send queue is full: " + room + " requests");
        }
    }

    void post(WorkRequest request) {
        int slot = (int) tail & mask;
        requests[slot] = request;
        firstPsns[slot] = postPsn;
        packets[slot] = pair.packets(transferred(request));
        postPsn += packets[slot];
        boolean fetches = payload(request) instanceof Payload.Gather gather && gather.length() > 0;
        readyNanos[slot] =
                adapter.host().now() + (fetches ? adapter.costs().payloadFetchNanos() : 0);
        tail++;
        send();
    }

    /** The bytes that a request moves in packets: those that it carries, or those that it reads. */
    private static long transferred(WorkRequest request) {
        if (request instanceof WorkRequest.Read read) {
            return read.length();
        }
        Payload payload = payload(request);
        return payload == null ? 0 : payload.length();
    }

    private static @Nullable Payload payload(WorkRequest request) {
        return switch (request) {
            case WorkRequest.Send send -> send.payload();
            case WorkRequest.Write write -> write.payload();
            case WorkRequest.WriteWithImmediate write -> write.payload();
            case WorkRequest.Read _,
                    WorkRequest.CompareAndSwap _,
                    WorkRequest.FetchAndAdd _,
                    WorkRequest.AtomicWrite _,
                    WorkRequest.Flush _ ->
                    null;
        };
    }

    /** Whether a request completes by an answer of its own, not by an acknowledgement. */
    private static boolean isAnswered(WorkRequest request) {
        return payload(request) == null;
    }

    private WorkRequest at(long index) {
        WorkRequest request = requests[(int) index & mask];
        if (request == null) {
            throw new IllegalStateException("no request at " + index);
        }
        return request;
    }

    /** Sends as much as order, fences, limits and time allow. */
    void send() {
        boolean wasIdle = sentPsn <= unacknowledged;
        while (next < tail && pair.sends()) {
            int slot = (int) next & mask;
            WorkRequest request = at(next);
            boolean begins = nextPsn == firstPsns[slot];
            if (begins && mustWait(request)) {
                break;
            }
            if (nextPsn - unacknowledged >= adapter.costs().windowPackets()) {
                break;
            }
            long earliest = Math.max(pausedUntilNanos, begins ? readyNanos[slot] : 0);
            if (earliest > adapter.host().now()) {
                sendLater(earliest);
                break;
            }
            CompletionStatus local = checkLocal(request);
            if (local != CompletionStatus.SUCCESS) {
                // What went before completes first.
                if (head == next) {
                    fail(local);
                }
                return;
            }
            sendPacket(slot, request);
        }
        if (wasIdle) {
            deadlineNanos = adapter.host().now() + timeoutNanos;
        }
        armRetry();
    }

    private boolean mustWait(WorkRequest request) {
        return (request.fence() && head < next)
                || (isAnswered(request) && maxOutbound > 0 && outstandingReads >= maxOutbound);
    }

    private CompletionStatus checkLocal(WorkRequest request) {
        if (isAnswered(request) && maxOutbound == 0) {
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
    private void sendPacket(int slot, WorkRequest request) {
        int part = (int) (nextPsn - firstPsns[slot]);
        Packet packet = Requests.packet(request, pair, adapter, nextPsn, part, packets[slot]);
        if (isAnswered(request)) {
            outstandingReads++;
            nextPsn = firstPsns[slot] + packets[slot];
            next++;
        } else {
            nextPsn++;
            if (packet.last) {
                next++;
            }
            boolean every = nextPsn % adapter.costs().acknowledgeEveryPackets() == 0;
            packet.acknowledge = every || (packet.last && (request.signalled() || next == tail));
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
        if (timeoutNanos > 0 && sentPsn > unacknowledged && !retryTimerOut) {
            retryTimerOut = true;
            pair.after(Math.max(0, deadlineNanos - adapter.host().now()), QueuePair.RETRY_TIMER);
        }
    }

    void retryTimer() {
        retryTimerOut = false;
        if (sentPsn <= unacknowledged || !pair.isConnected()) {
            return;
        }
        if (adapter.host().now() < deadlineNanos) {
            armRetry();
        } else {
            retry();
        }
    }

    /** Goes back to the first packet that was not acknowledged, or gives up. */
    private void retry() {
        if (head >= tail) {
            return;
        }
        if (retriesLeft == 0) {
            fail(CompletionStatus.RETRY_EXC_ERR);
            return;
        }
        retriesLeft--;
        rewind();
        deadlineNanos = adapter.host().now() + timeoutNanos;
        send();
    }

    private void rewind() {
        next = head;
        nextPsn = unacknowledged;
        outstandingReads = 0;
    }

    /** A response of the peer. */
    void receive(Packet packet) {
        long psn = Psn.near(unacknowledged, packet.psn);
        if (psn >= sentPsn || head >= tail) {
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
        while (unacknowledged <= psn && head < tail) {
            int slot = (int) head & mask;
            if (isAnswered(at(head))) {
                return false;
            }
            long behind = firstPsns[slot] + packets[slot];
            unacknowledged = Math.min(psn + 1, behind);
            madeProgress();
            if (unacknowledged == behind) {
                complete(0);
            }
        }
        return true;
    }

    private void madeProgress() {
        retriesLeft = retryCount;
        rnrRetriesLeft = rnrRetryCount;
        deadlineNanos = adapter.host().now() + timeoutNanos;
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
        WorkRequest request = at(head);
        if (isAnswered(request) && deliver(request, packet, psn)) {
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
        int slot = (int) head & mask;
        int bytes = 0;
        if (request instanceof WorkRequest.Read read) {
            long done = (psn - firstPsns[slot]) * pair.mtu();
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
        if (unacknowledged == firstPsns[slot] + packets[slot]) {
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
        if (!acknowledged(psn - 1) || head >= tail) {
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
        if (rnrRetriesLeft == 0 && rnrRetryCount != FOR_EVER) {
            fail(CompletionStatus.RNR_RETRY_EXC_ERR);
            return;
        }
        rnrRetriesLeft--;
        pausedUntilNanos = adapter.host().now() + RnrTimer.nanos(packet.rnrTimerCode);
        rewind();
        deadlineNanos = pausedUntilNanos + timeoutNanos;
        send();
    }

    /** Completes the oldest request with success. */
    private void complete(int bytes) {
        WorkRequest done = at(head);
        requests[(int) head & mask] = null;
        head++;
        if (next < head) {
            next = head;
        }
        if (done.signalled()) {
            retired = head;
            adapter.complete(
                    pair.sendCompletions(),
                    new WorkCompletion(
                            done.id(),
                            CompletionStatus.SUCCESS,
                            opcode(done),
                            pair.number(),
                            bytes,
                            0));
        }
    }

    /** Completes the oldest request with an error and puts the queue pair into the error state. */
    private void fail(CompletionStatus status) {
        WorkRequest failed = at(head);
        requests[(int) head & mask] = null;
        head++;
        adapter.complete(
                pair.sendCompletions(), WorkCompletion.failed(failed.id(), status, pair.number()));
        pair.enterError();
    }

    /** Everything that is left is flushed, signalled or not. */
    void flush() {
        while (head < tail) {
            WorkRequest flushed = at(head);
            requests[(int) head & mask] = null;
            head++;
            flush(flushed);
        }
        next = head;
        retired = head;
        nextPsn = postPsn;
        unacknowledged = postPsn;
        sentPsn = postPsn;
    }

    void flush(WorkRequest request) {
        adapter.complete(
                pair.sendCompletions(),
                WorkCompletion.failed(request.id(), CompletionStatus.WR_FLUSH_ERR, pair.number()));
    }

    private static Opcode opcode(WorkRequest request) {
        return switch (request) {
            case WorkRequest.Send _ -> Opcode.SEND;
            case WorkRequest.Write _ -> Opcode.WRITE;
            case WorkRequest.WriteWithImmediate _ -> Opcode.WRITE_WITH_IMMEDIATE;
            case WorkRequest.Read _ -> Opcode.READ;
            case WorkRequest.CompareAndSwap _ -> Opcode.COMPARE_AND_SWAP;
            case WorkRequest.FetchAndAdd _ -> Opcode.FETCH_AND_ADD;
            case WorkRequest.AtomicWrite _ -> Opcode.ATOMIC_WRITE;
            case WorkRequest.Flush _ -> Opcode.FLUSH;
        };
    }
}
