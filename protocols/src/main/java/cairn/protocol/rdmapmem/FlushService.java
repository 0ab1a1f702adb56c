package cairn.protocol.rdmapmem;

import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.verbs.Access;
import cairn.model.verbs.Extent;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.MemoryKind;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.Payload;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;

import java.util.EnumSet;
import java.util.List;

/**
 * The unit's part of the two-sided persist method: a primary SENDs which ranges it has written; the
 * unit's processor flushes them and SENDs the request's number back. A receive completes after the
 * writes before it on the same connection are visible, so the processor flushes what was written.
 *
 * <p>A request is its number, how many ranges, and for each its region, offset and length: 8 bytes
 * each.
 */
final class FlushService {

    static final int REQUEST_BYTES = 16 + 24 * (CommitRecord.MOST_REGIONS + 1);

    private static final int SLOT_BYTES = 256;
    private static final int SLOTS = 2;
    private static final long TOKEN = 1L << 32;
    private static final int MOST_SERVERS = 16;

    private final UnitAdapter adapter;
    private final int lkey;
    private final Pending[] pending;
    private final byte[] scratch = new byte[REQUEST_BYTES];
    private long connections;

    /** What one server's connection waits for. */
    private static final class Pending {
        private final long serial;
        private final int queuePair;
        private long number;
        private int ranges;

        private Pending(long serial, int queuePair) {
            this.serial = serial;
            this.queuePair = queuePair;
        }
    }

    FlushService(UnitAdapter adapter, int servers, Outbox<RdmaPmemMessage> out) {
        this.adapter = adapter;
        Verbs verbs = out.verbs();
        Extent all = new Extent(out.memory().size(), out.buffers().size());
        this.lkey =
                verbs.register(
                                adapter.domain(),
                                MemoryKind.DRAM,
                                List.of(all),
                                EnumSet.of(Access.LOCAL_WRITE))
                        .lkey();
        this.pending = new Pending[servers];
        for (int i = 0; i < servers; i++) {
            pending[i] = new Pending(0, -1);
        }
    }

    static long bufferBytes(int servers) {
        return Words.roundUp((long) servers * SLOTS * SLOT_BYTES, 4096);
    }

    private static long token(long serial, int server) {
        return TOKEN + serial * MOST_SERVERS + server;
    }

    static boolean owns(long token) {
        return token >= TOKEN;
    }

    /** A new connection: places for its requests. */
    void connected(UnitAdapter.Connection connection, Outbox<RdmaPmemMessage> out) {
        int server = connection.requester().index();
        pending[server] = new Pending(++connections, connection.queuePair());
        for (int slot = 0; slot < SLOTS; slot++) {
            receiveInto(server, slot, out);
        }
    }

    private static long slotOffset(int server, int slot) {
        return (long) (server * SLOTS + slot) * SLOT_BYTES;
    }

    private void receiveInto(int server, int slot, Outbox<RdmaPmemMessage> out) {
        LocalSlice into = new LocalSlice(lkey, slotOffset(server, slot), SLOT_BYTES);
        out.verbs()
                .postReceive(
                        pending[server].queuePair, new ReceiveRequest(server * SLOTS + slot, into));
    }

    void completed(WorkCompletion completion, Outbox<RdmaPmemMessage> out) {
        // A failed connection is the peer's to mend.
        if (!completion.succeeded() || completion.opcode() != Opcode.RECEIVE) {
            return;
        }
        int server = (int) completion.id() / SLOTS;
        int slot = (int) completion.id() % SLOTS;
        Pending flush = pending[server];
        if (flush.queuePair != completion.queuePair() || !adapter.isOpen(server, flush.queuePair)) {
            return;
        }
        Memory buffers = out.buffers();
        buffers.read(slotOffset(server, slot), scratch, 0, completion.bytes());
        receiveInto(server, slot, out);
        flush.number = Words.get(scratch, 0);
        int ranges = (int) Words.get(scratch, 8);
        for (int i = 0; i < ranges; i++) {
            int at = 16 + 24 * i;
            long length = Words.get(scratch, at + 16);
            long address =
                    adapter.addressOf(
                            (int) Words.get(scratch, at), Words.get(scratch, at + 8), length);
            if (address >= 0) {
                flush.ranges++;
                out.persistentMemory().persist(address, length, token(flush.serial, server));
            }
        }
    }

    /** A range is durable; after the last one the primary is told. */
    void persisted(long token, Outbox<RdmaPmemMessage> out) {
        int server = (int) token & MOST_SERVERS - 1;
        Pending flush = pending[server];
        // A flush for an earlier connection does not count for this one.
        if (token != token(flush.serial, server)
                || --flush.ranges > 0
                || !adapter.isOpen(server, flush.queuePair)) {
            return;
        }
        byte[] reply = new byte[Long.BYTES];
        Words.put(reply, 0, flush.number);
        out.verbs().post(flush.queuePair, new WorkRequest.Send(-1, Payload.inline(reply)));
    }
}
