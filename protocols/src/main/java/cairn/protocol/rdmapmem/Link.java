package cairn.protocol.rdmapmem;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.FlushLevel;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.Payload;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import java.util.List;

/**
 * A server's connection to one unit. Requests are unsignalled but for the last of a step, whose
 * completion implies the others; a failure of any of them always shows.
 */
final class Link {

    private static final int SCRATCH_BYTES = 8;
    private static final int REQUEST_AT = 64;
    private static final int REPLY_AT = 576;
    private static final int REPLY_SLOTS = 2;

    private final NodeId peer;
    private final int queuePair;
    private final int lkey;
    private final long control;
    private final int inlineBytes;
    private final int[] rkeys = new int[CommitRecord.MOST_REGIONS];
    private long requests;
    private long awaited = -1;
    private long awaitedReply = -1;
    private long flushRequests;

    /**
     * @param lkey the key of all of the server's buffers
     * @param control where this link's part of the control area begins
     */
    Link(NodeId peer, int queuePair, int lkey, long control, int inlineBytes) {
        this.peer = peer;
        this.queuePair = queuePair;
        this.lkey = lkey;
        this.control = control;
        this.inlineBytes = inlineBytes;
    }

    NodeId peer() {
        return peer;
    }

    int queuePair() {
        return queuePair;
    }

    void opened(int region, int rkey) {
        rkeys[region] = rkey;
    }

    private long id(boolean last) {
        long id = requests++;
        if (last) {
            awaited = id;
        }
        return id;
    }

    private static RemoteAddress at(int rkey, long offset) {
        return new RemoteAddress(rkey, offset);
    }

    /** Writes a range of the buffers. */
    void write(int region, long offset, long from, int length, Outbox<RdmaPmemMessage> out) {
        out.verbs()
                .post(
                        queuePair,
                        new WorkRequest.Write(
                                id(false),
                                Payload.gather(new LocalSlice(lkey, from, length)),
                                at(rkeys[region], offset),
                                false,
                                false));
    }

    /**
     * Writes bytes that are ready in an array and staged in the buffers too, whichever is faster.
     *
     * @param fence whether all that was posted before must have completed first
     * @param last whether the step is done when this completes
     */
    void writeRecord(
            long offset,
            byte[] bytes,
            long staged,
            boolean fence,
            boolean last,
            Outbox<RdmaPmemMessage> out) {
        Payload payload;
        if (bytes.length <= inlineBytes) {
            payload = Payload.inline(bytes);
        } else {
            out.buffers().write(staged, bytes, 0, bytes.length);
            payload = Payload.gather(new LocalSlice(lkey, staged, bytes.length));
        }
        out.verbs()
                .post(
                        queuePair,
                        new WorkRequest.Write(
                                id(last), payload, at(rkeys[0], offset), last, fence));
    }

    /** Where a commit record may be staged. */
    long recordStaging() {
        return control + REQUEST_AT + 256;
    }

    /** Flushes a range, in which the earlier writes of this link lie. */
    void flush(
            int region,
            long offset,
            long length,
            FlushType type,
            boolean last,
            Outbox<RdmaPmemMessage> out) {
        out.verbs()
                .post(
                        queuePair,
                        new WorkRequest.Flush(
                                id(last),
                                at(rkeys[region], offset),
                                length,
                                type,
                                FlushLevel.RANGE,
                                last,
                                false));
    }

    /** Reads eight bytes that nobody wants, to push earlier writes out of adapter and buffers. */
    void readBehind(int region, long offset, boolean last, Outbox<RdmaPmemMessage> out) {
        read(region, offset, control, SCRATCH_BYTES, last, out);
    }

    void read(
            int region,
            long offset,
            long into,
            int length,
            boolean last,
            Outbox<RdmaPmemMessage> out) {
        out.verbs()
                .post(
                        queuePair,
                        new WorkRequest.Read(
                                id(last),
                                List.of(new LocalSlice(lkey, into, length)),
                                at(rkeys[region], offset),
                                last,
                                false));
    }

    /** Places for the replies to {@link #requestFlush}. */
    void receiveReplies(Outbox<RdmaPmemMessage> out) {
        for (int slot = 0; slot < REPLY_SLOTS; slot++) {
            receiveReply(slot, out);
        }
    }

    private void receiveReply(long slot, Outbox<RdmaPmemMessage> out) {
        LocalSlice into = new LocalSlice(lkey, replyAt(slot), Long.BYTES);
        out.verbs().postReceive(queuePair, new ReceiveRequest(slot, into));
    }

    private long replyAt(long slot) {
        return control + REPLY_AT + slot * Long.BYTES;
    }

    /**
     * Asks the unit's processor to flush ranges (see {@link FlushService}); the step is done when
     * it has replied.
     *
     * @param body region, offset and length of each range
     */
    void requestFlush(long[] body, int ranges, Outbox<RdmaPmemMessage> out) {
        awaitedReply = ++flushRequests;
        byte[] bytes = new byte[16 + 24 * ranges];
        Words.put(bytes, 0, awaitedReply);
        Words.put(bytes, 8, ranges);
        for (int i = 0; i < 3 * ranges; i++) {
            Words.put(bytes, 16 + 8 * i, body[i]);
        }
        Payload payload;
        if (bytes.length <= inlineBytes) {
            payload = Payload.inline(bytes);
        } else {
            out.buffers().write(control + REQUEST_AT, bytes, 0, bytes.length);
            payload = Payload.gather(new LocalSlice(lkey, control + REQUEST_AT, bytes.length));
        }
        awaited = -1;
        out.verbs().post(queuePair, new WorkRequest.Send(id(false), payload, true, false));
    }

    /** Whether this completion ends the step under way. */
    boolean ends(WorkCompletion completion, Outbox<RdmaPmemMessage> out) {
        if (completion.opcode() == Opcode.RECEIVE) {
            long number = out.buffers().readLong(replyAt(completion.id()));
            receiveReply(completion.id(), out);
            if (number != awaitedReply) {
                return false;
            }
            awaitedReply = -1;
            return true;
        }
        if (completion.id() != awaited) {
            return false;
        }
        awaited = -1;
        return true;
    }

    boolean awaitsReply() {
        return awaitedReply >= 0;
    }

    /** A read whose success means nothing, and whose failure shows that the connection is dead. */
    void probe(Outbox<RdmaPmemMessage> out) {
        out.verbs()
                .post(
                        queuePair,
                        new WorkRequest.Read(
                                id(false),
                                List.of(new LocalSlice(lkey, control, SCRATCH_BYTES)),
                                at(rkeys[0], 0),
                                true,
                                false));
    }
}
