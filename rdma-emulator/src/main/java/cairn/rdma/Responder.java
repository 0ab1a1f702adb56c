package cairn.rdma;

import cairn.model.verbs.Access;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.WorkCompletion;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The side of a queue pair that serves its peer: takes packets in order, checks every access, and
 * answers in order.
 *
 * <p>Writes are acknowledged when accepted. A READ is executed when its answer leaves, so that
 * later writes may overtake it; atomics and FLUSH are executed on arrival, and their answer leaves
 * after the time they take.
 */
final class Responder {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WRITE = Rights.of(Access.REMOTE_WRITE);
    private static final int READ = Rights.of(Access.REMOTE_READ);
    private static final int ATOMIC = Rights.of(Access.REMOTE_ATOMIC);

    /** How many results of atomics are kept for a repeated request. */
    private static final int RESULTS = 256;

    private final QueuePair pair;
    private final Adapter adapter;
    private final WriteStream stream;
    private final Answers answers;
    private final AuditTrail audit;
    private final long[] resultPsns = new long[RESULTS];
    private final long[] results = new long[RESULTS];
    private long expected;
    private int maxInbound;
    private int rnrTimerCode;
    private boolean askedAgain;

    /** The region, and its translation, in which the message that is arriving began. */
    private @Nullable Region messageRegion;

    private int messageVersion;
    private long received;

    Responder(QueuePair pair, Adapter adapter) {
        this.pair = pair;
        this.adapter = adapter;
        this.stream = new WriteStream(pair.number());
        this.answers = new Answers(pair, adapter, this);
        this.audit = new AuditTrail(pair, adapter);
    }

    void start(long psn, int inbound, int timerCode) {
        expected = psn;
        maxInbound = inbound;
        rnrTimerCode = timerCode;
        askedAgain = false;
        received = 0;
        messageRegion = null;
        Arrays.fill(resultPsns, -1);
        answers.clear();
    }

    void stop() {
        answers.clear();
    }

    void answerTimer() {
        answers.fired();
    }

    void receive(Packet packet) {
        audit.begin();
        long psn = Psn.near(expected, packet.psn);
        if (psn > expected) {
            if (!askedAgain) {
                askedAgain = true;
                answers.refuse(expected, Refusal.SEQUENCE, 0);
            }
        } else if (psn < expected) {
            repeat(packet, psn);
        } else {
            askedAgain = false;
            take(packet);
        }
    }

    private void take(Packet packet) {
        switch (packet.kind) {
            case SEND -> takeSend(packet);
            case WRITE -> takeWrite(packet);
            case READ_REQUEST -> takeRead(packet);
            case COMPARE_AND_SWAP, FETCH_AND_ADD -> takeAtomic(packet);
            case ATOMIC_WRITE -> takeAtomicWrite(packet);
            case FLUSH -> takeFlush(packet);
            case READ_RESPONSE, RESPONSE, ACKNOWLEDGE, REFUSE ->
                    throw new IllegalStateException(
                            "a response was taken for a request: " + packet);
        }
    }

    /**
     * A request that was served before: acknowledge again; answer again, but never apply an atomic
     * twice.
     */
    private void repeat(Packet packet, long psn) {
        switch (packet.kind) {
            case SEND, WRITE -> {
                if (packet.acknowledge) {
                    answers.acknowledge(expected - 1);
                }
            }
            case READ_REQUEST -> {
                if (readable(packet) != null) {
                    answers.readAgain(psn, packet);
                }
            }
            case FLUSH -> {
                Region region = flushed(packet);
                if (region != null) {
                    answers.resultAgain(psn, 0, flush(region, packet));
                }
            }
            case COMPARE_AND_SWAP, FETCH_AND_ADD, ATOMIC_WRITE -> {
                int slot = (int) psn & (RESULTS - 1);
                if (resultPsns[slot] == psn) {
                    answers.resultAgain(psn, results[slot], adapter.costs().atomicServiceNanos());
                }
            }
            case READ_RESPONSE, RESPONSE, ACKNOWLEDGE, REFUSE ->
                    throw new IllegalStateException(
                            "a response was taken for a request: " + packet);
        }
    }

    private void takeSend(Packet packet) {
        ReceiveRequest into = pair.receives().peek();
        if (into == null) {
            answers.refuse(expected, Refusal.NOT_READY, rnrTimerCode);
            return;
        }
        if (packet.first) {
            stream.beginMessage();
            received = 0;
            if (packet.total > into.length()) {
                failReceive(into, CompletionStatus.LOC_LEN_ERR, Refusal.INVALID_REQUEST);
                return;
            }
        }
        CompletionStatus local = adapter.memory().checkLocal(pair.domain(), into.into(), true);
        if (local != CompletionStatus.SUCCESS) {
            failReceive(into, local, Refusal.OPERATION);
            return;
        }
        adapter.memory()
                .scatter(
                        stream,
                        into.into(),
                        received,
                        packet.payload,
                        packet.payloadOffset,
                        packet.payloadLength);
        received += packet.payloadLength;
        accepted(packet);
        if (packet.last) {
            completeReceive(Opcode.RECEIVE, (int) packet.total, 0);
        }
    }

    private void takeWrite(Packet packet) {
        Region region = begunOrContinued(packet);
        if (region == null) {
            refuse(packet, Refusal.ACCESS);
            return;
        }
        boolean consumes = packet.last && packet.immediatePresent;
        if (consumes && pair.receives().peek() == null) {
            answers.refuse(expected, Refusal.NOT_READY, rnrTimerCode);
            return;
        }
        long offset = base(packet) + packet.offset;
        adapter.memory()
                .accept(
                        stream,
                        region,
                        offset,
                        packet.payload,
                        packet.payloadOffset,
                        packet.payloadLength);
        audit.applied(packet, region, offset, packet.payloadLength);
        accepted(packet);
        if (consumes) {
            completeReceive(Opcode.RECEIVE_IMMEDIATE, (int) packet.total, packet.immediate);
        }
    }

    /**
     * Checks the whole range when a message begins; a later packet needs the same region,
     * translated the same.
     */
    private @Nullable Region begunOrContinued(Packet packet) {
        if (packet.first) {
            stream.beginMessage();
            messageRegion =
                    packet.total == 0 ? adapter.nothing() : reachable(packet, WRITE, packet.total);
            if (messageRegion != null) {
                messageVersion = messageRegion.version();
            }
            return messageRegion;
        }
        Region region = reachable(packet, WRITE, packet.payloadLength);
        return region != null && region == messageRegion && region.version() == messageVersion
                ? region
                : null;
    }

    private void takeRead(Packet packet) {
        if (readable(packet) == null) {
            refuse(packet, Refusal.ACCESS);
        } else if (answers.outstanding() >= maxInbound) {
            refuse(packet, Refusal.INVALID_REQUEST);
        } else {
            answers.read(expected, packet);
            expected += pair.packets(packet.total);
        }
    }

    private void takeAtomic(Packet packet) {
        Region region = aligned(packet, ATOMIC);
        if (region == null) {
            return;
        }
        byte[] word = new byte[8];
        adapter.memory().drain(pair.number());
        long offset = base(packet) + packet.offset;
        adapter.memory().read(region, offset, word, 0, 8);
        long found = (long) LONGS.get(word, 0);
        boolean adds = packet.kind == Packet.Kind.FETCH_AND_ADD;
        if (adds || found == packet.comparand) {
            LONGS.set(word, 0, adds ? found + packet.operand : packet.operand);
            adapter.memory().write(region, offset, word, 0, 8);
        }
        finishAtomic(packet, region, offset, found);
    }

    private void takeAtomicWrite(Packet packet) {
        Region region = aligned(packet, WRITE);
        if (region == null) {
            return;
        }
        byte[] word = new byte[8];
        LONGS.set(word, 0, packet.operand);
        stream.beginMessage();
        long offset = base(packet) + packet.offset;
        adapter.memory().accept(stream, region, offset, word, 0, 8);
        finishAtomic(packet, region, offset, 0);
    }

    private void finishAtomic(Packet packet, Region region, long offset, long result) {
        audit.applied(packet, region, offset, 8);
        int slot = (int) expected & (RESULTS - 1);
        resultPsns[slot] = expected;
        results[slot] = result;
        answers.result(expected, result, adapter.costs().atomicServiceNanos());
        expected++;
    }

    /**
     * The region of an eight-byte operation that is allowed, aligned and within limits; otherwise
     * refuses it.
     */
    private @Nullable Region aligned(Packet packet, int right) {
        Region region = reachable(packet, right, 8);
        if (region == null) {
            refuse(packet, Refusal.ACCESS);
            return null;
        }
        long offset = base(packet) + packet.offset;
        boolean apart = region.run(offset, 8) < 8 || (region.physical(offset) & 7) != 0;
        if (apart || answers.outstanding() >= maxInbound) {
            refuse(packet, Refusal.INVALID_REQUEST);
            return null;
        }
        return region;
    }

    private void takeFlush(Packet packet) {
        Region region = flushed(packet);
        if (region == null) {
            refuse(packet, Refusal.ACCESS);
        } else if (answers.outstanding() >= maxInbound) {
            refuse(packet, Refusal.INVALID_REQUEST);
        } else {
            long took = flush(region, packet);
            audit.applied(
                    packet,
                    region,
                    base(packet) + (packet.wholeRegion ? 0 : packet.offset),
                    flushLength(packet, region));
            answers.result(expected, 0, took);
            expected++;
        }
    }

    private @Nullable Region flushed(Packet packet) {
        int right = Rights.of(packet.persistent ? Access.FLUSH_PERSISTENT : Access.FLUSH_GLOBAL);
        return adapter.table()
                .reachable(
                        pair,
                        packet.rkey,
                        right,
                        packet.wholeRegion ? 0 : packet.offset,
                        packet.wholeRegion ? 0 : packet.total);
    }

    private long flushLength(Packet packet, Region region) {
        if (!packet.wholeRegion) {
            return packet.total;
        }
        Window window = adapter.table().window(packet.rkey);
        return window == null ? region.length() : window.length();
    }

    /**
     * Pushes this connection's writes out and, when asked, the range into the persistence domain;
     * returns the time.
     */
    private long flush(Region region, Packet packet) {
        RdmaCosts costs = adapter.costs();
        long moved = adapter.memory().drain(pair.number());
        if (packet.persistent) {
            long offset = base(packet) + (packet.wholeRegion ? 0 : packet.offset);
            long evicted = adapter.memory().flush(region, offset, flushLength(packet, region));
            return costs.flushServiceNanos()
                    + Math.max(costs.persistentWriteNanos(moved), costs.evictedWriteNanos(evicted));
        }
        return costs.flushServiceNanos();
    }

    /**
     * Executes a READ whose answer leaves now; false when its key has been revoked since it
     * arrived.
     */
    boolean answerRead(long psn, Packet request) {
        // Others moved bytes since it arrived.
        audit.begin();
        Region region = readable(request);
        if (region == null) {
            refuseNow(request);
            return false;
        }
        adapter.memory().drain(pair.number());
        byte[] bytes = new byte[(int) request.total];
        long offset = base(request) + request.offset;
        if (bytes.length > 0) {
            adapter.memory().read(region, offset, bytes, 0, bytes.length);
        }
        audit.applied(request, region, offset, bytes.length);
        int packets = pair.packets(bytes.length);
        for (int i = 0; i < packets; i++) {
            Packet response = new Packet(Packet.Kind.READ_RESPONSE, pair.peerNumber(), psn + i);
            response.first = i == 0;
            response.last = i == packets - 1;
            response.payload = bytes;
            response.payloadOffset = i * pair.mtu();
            response.payloadLength = Math.min(pair.mtu(), bytes.length - response.payloadOffset);
            adapter.transmit(pair, response);
        }
        return true;
    }

    /** The region that a READ may read; one of no bytes may name any. */
    private @Nullable Region readable(Packet packet) {
        return packet.total == 0 ? adapter.nothing() : reachable(packet, READ, packet.total);
    }

    private @Nullable Region reachable(Packet packet, int right, long length) {
        return adapter.table().reachable(pair, packet.rkey, right, packet.offset, length);
    }

    /** Where offset zero of the presented key lies in its region: a window may begin anywhere. */
    private long base(Packet packet) {
        Window window = adapter.table().window(packet.rkey);
        return window == null ? 0 : window.offset();
    }

    private void accepted(Packet packet) {
        expected++;
        if (packet.acknowledge) {
            answers.acknowledge(expected - 1);
        }
    }

    private void completeReceive(Opcode opcode, int bytes, int immediate) {
        // A completion implies that everything before it is visible.
        adapter.memory().drain(pair.number());
        ReceiveRequest taken = pair.receives().take();
        if (taken != null) {
            adapter.complete(
                    pair.receiveCompletions(),
                    new WorkCompletion(
                            taken.id(),
                            CompletionStatus.SUCCESS,
                            opcode,
                            pair.number(),
                            bytes,
                            immediate));
        }
    }

    private void failReceive(ReceiveRequest into, CompletionStatus status, Refusal refusal) {
        pair.receives().take();
        answers.refuse(expected, refusal, 0);
        adapter.complete(
                pair.receiveCompletions(), WorkCompletion.failed(into.id(), status, pair.number()));
        pair.refused();
    }

    private void refuse(Packet packet, Refusal refusal) {
        audit.refused(packet, refusal);
        answers.refuse(expected, refusal, 0);
        pair.refused();
    }

    private void refuseNow(Packet request) {
        audit.refused(request, Refusal.ACCESS);
        pair.refused();
    }
}
