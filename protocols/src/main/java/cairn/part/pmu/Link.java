package cairn.part.pmu;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.verbs.Access;
import cairn.model.verbs.Capacities;
import cairn.model.verbs.Extent;
import cairn.model.verbs.FlushLevel;
import cairn.model.verbs.FlushType;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.Payload;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.RemoteAddress;
import cairn.model.verbs.Transition;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;
import cairn.part.ByteWriter;
import cairn.part.pmu.CommittedWrite.Range;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A client's connection to one unit, made anew with each attempt to attach. Requests are
 * unsignalled but for the last of a step, whose completion implies the others; a failure of any of
 * them always shows.
 */
public final class Link {

    private static final int INLINE_BYTES = 188;

    /** What each link takes at the beginning of a client's buffers. */
    static final long CONTROL_BYTES = 1024;

    private static final int SCRATCH_BYTES = 8;
    private static final int REQUEST_AT = 64;
    private static final int RECORD_AT = 320;
    private static final int REPLY_AT = 576;
    private static final int REPLY_SLOTS = 2;
    private static final long NONE = -1;

    private final NodeId unit;
    private final Verbs verbs;
    private final Memory buffers;
    private final int lkey;
    private final long control;
    private final int[] rkeys;
    private int queuePair = -1;
    private boolean connected;
    private long requests;
    private long awaited = NONE;
    private long awaitedReply = NONE;
    private long flushRequests;

    /**
     * A link that is not connected.
     *
     * @param lkey the key of all of the client's buffers
     * @param control where this link's part of the control area begins
     */
    Link(NodeId unit, Verbs verbs, Memory buffers, int lkey, long control, int regions) {
        this.unit = unit;
        this.verbs = verbs;
        this.buffers = buffers;
        this.lkey = lkey;
        this.control = control;
        this.rkeys = new int[regions];
    }

    /** The key of all of a node's buffers. */
    static int registerBuffers(int domain, Outbox<?> out) {
        Extent all = new Extent(out.memory().size(), out.buffers().size());
        Set<Access> rights = EnumSet.of(Access.LOCAL_WRITE);
        return out.verbs().register(domain, MemoryKind.DRAM, List.of(all), rights).lkey();
    }

    /** The unit at the other end. */
    public NodeId unit() {
        return unit;
    }

    int queuePair() {
        return queuePair;
    }

    // ---- connecting

    /** Gives up the connection, and begins another one. */
    void begin(int domain, int completionQueue, int depth) {
        if (queuePair >= 0) {
            verbs.destroyQueuePair(queuePair);
        }
        Capacities capacities = new Capacities(depth, 16, INLINE_BYTES);
        queuePair = verbs.createQueuePair(domain, completionQueue, completionQueue, capacities);
        // Nobody may access a client's memory.
        verbs.modify(queuePair, new Transition.Initialise(EnumSet.noneOf(Access.class)));
        connected = false;
        requests = 0;
        awaited = NONE;
        awaitedReply = NONE;
        flushRequests = 0;
    }

    /** PMU-9: the unit has made its end of the connection. */
    void connected(int peerQueuePair, long attempt, PmuSettings settings) {
        connected = true;
        connect(verbs, queuePair, unit, peerQueuePair, attempt, settings);
        if (settings.persist() == PersistMethod.TWO_SIDED) {
            for (int slot = 0; slot < REPLY_SLOTS; slot++) {
                receiveReply(slot);
            }
        }
    }

    /** PMU-9: one end of a reliable connection; both count packets from the same number. */
    static void connect(
            Verbs verbs,
            int queuePair,
            NodeId peer,
            int peerQueuePair,
            long attempt,
            PmuSettings settings) {
        int psn = (int) (attempt * 0x1003F & 0xFFFFFF);
        verbs.modify(queuePair, new Transition.ReadyToReceive(peer, peerQueuePair, psn));
        verbs.modify(
                queuePair, new Transition.ReadyToSend(psn, 16, 7, 7, settings.timeoutExponent()));
    }

    boolean isConnected() {
        return connected;
    }

    void opened(int region, int rkey) {
        rkeys[region] = rkey;
    }

    // ---- requests

    private long id(boolean last) {
        long id = requests++;
        if (last) {
            awaited = id;
        }
        return id;
    }

    private void post(WorkRequest request) {
        verbs.post(queuePair, request);
    }

    private RemoteAddress at(int region, long offset) {
        return new RemoteAddress(rkeys[region], offset);
    }

    private LocalSlice slice(long from, int length) {
        return new LocalSlice(lkey, from, length);
    }

    /** Bytes in the request itself, or from a place where they are staged. */
    private Payload payload(byte[] bytes, long staged) {
        if (bytes.length <= INLINE_BYTES) {
            return Payload.inline(bytes);
        }
        buffers.write(staged, bytes, 0, bytes.length);
        return Payload.gather(slice(staged, bytes.length));
    }

    /** Writes a range of the buffers. */
    public void write(Range range) {
        Payload payload = Payload.gather(slice(range.staged(), Math.toIntExact(range.length())));
        RemoteAddress target = at(range.region(), range.target());
        post(new WorkRequest.Write(id(false), payload, target, false, false));
    }

    /**
     * Writes the record that makes the data count.
     *
     * @param fence whether all that was posted before must have completed first
     * @param last whether the step is done when this completes
     */
    public void writeRecord(CommittedWrite write, boolean fence, boolean last) {
        Payload payload = payload(write.record(), control + RECORD_AT);
        RemoteAddress target = at(0, write.recordOffset());
        post(new WorkRequest.Write(id(last), payload, target, last, fence));
    }

    /** Flushes a range, in which the earlier writes of this link lie. */
    public void flush(Range range, FlushType type, boolean last) {
        RemoteAddress target = at(range.region(), range.target());
        long length = range.length();
        FlushLevel level = FlushLevel.RANGE;
        post(new WorkRequest.Flush(id(last), target, length, type, level, last, false));
    }

    /** Reads eight bytes that nobody wants, to push earlier writes out of adapter and buffers. */
    public void readBehind(int region, long offset, boolean last) {
        read(region, offset, control, SCRATCH_BYTES, last);
    }

    /** Reads bytes of a region into the buffers. */
    public void read(int region, long offset, long into, int length, boolean last) {
        List<LocalSlice> slices = List.of(slice(into, length));
        RemoteAddress source = at(region, offset);
        post(new WorkRequest.Read(id(last), slices, source, last, false));
    }

    /**
     * If the unit's processor owes a reply: a read whose success means nothing, and whose failure
     * shows that the connection is dead.
     */
    public void probe() {
        if (awaitedReply != NONE) {
            LocalSlice scratch = slice(control, SCRATCH_BYTES);
            post(new WorkRequest.Read(id(false), scratch, at(0, 0)));
        }
    }

    private void receiveReply(long slot) {
        LocalSlice into = slice(replyAt(slot), Long.BYTES);
        verbs.postReceive(queuePair, new ReceiveRequest(slot, into));
    }

    private long replyAt(long slot) {
        return control + REPLY_AT + slot * Long.BYTES;
    }

    /**
     * Asks the unit's processor to flush ranges (see {@link FlushService}); the step is done when
     * it has replied.
     */
    void requestFlush(List<Range> ranges) {
        awaitedReply = ++flushRequests;
        ByteWriter body = new ByteWriter().number(awaitedReply).number(ranges.size());
        for (Range range : ranges) {
            body.number(range.region()).number(range.target()).number(range.length());
        }
        awaited = NONE;
        Payload payload = payload(body.toBytes(), control + REQUEST_AT);
        post(new WorkRequest.Send(id(false), payload));
    }

    /** Whether this completion ends the step under way. */
    public boolean ends(WorkCompletion completion) {
        if (completion.opcode() == Opcode.RECEIVE) {
            long number = buffers.readLong(replyAt(completion.id()));
            receiveReply(completion.id());
            if (number != awaitedReply) {
                return false;
            }
            awaitedReply = NONE;
            return true;
        }
        if (completion.id() != awaited) {
            return false;
        }
        awaited = NONE;
        return true;
    }
}
