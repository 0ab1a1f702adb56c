package cairn.part.pmu;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Outbox;
import cairn.model.verbs.LocalSlice;
import cairn.model.verbs.Opcode;
import cairn.model.verbs.Payload;
import cairn.model.verbs.ReceiveRequest;
import cairn.model.verbs.Verbs;
import cairn.model.verbs.WorkCompletion;
import cairn.model.verbs.WorkRequest;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.pmu.UnitAdapter.Connection;

import org.jspecify.annotations.Nullable;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The unit's part of the two-sided persist method: a client SENDs which ranges it has written; the
 * unit's processor flushes them and SENDs the request's number back. A receive completes after the
 * writes before it on the same connection are visible, so the processor flushes what was written.
 *
 * <p>A request is its number, how many ranges, and for each its region, offset and length: 8 bytes
 * each.
 */
final class FlushService {

    private static final int SLOT_BYTES = 256;
    private static final int SLOTS = 2;
    private static final long TOKEN = 1L << 32;
    private static final int MOST_CLIENTS = 16;

    private final UnitAdapter adapter;
    private final int lkey;
    private final NavigableMap<Integer, Pending> pending = new TreeMap<>();
    private long connections;

    /** What one client's connection waits for. */
    private static final class Pending {
        private final Connection connection;
        private final long token;
        private long number;
        private int ranges;

        private Pending(Connection connection, long token) {
            this.connection = connection;
            this.token = token;
        }
    }

    FlushService(UnitAdapter adapter, Outbox<?> out) {
        this.adapter = adapter;
        this.lkey = Link.registerBuffers(adapter.domain(), out);
    }

    /** What so many clients take of a unit's buffers, in whole pages. */
    static long bufferBytes(int clients) {
        return ((long) clients * SLOTS * SLOT_BYTES + PAGE_BYTES - 1) & -PAGE_BYTES;
    }

    static boolean owns(long token) {
        return token >= TOKEN;
    }

    /** A new connection: places for its requests. */
    void connected(Connection connection, Verbs verbs) {
        int client = connection.requester().index();
        long token = TOKEN + ++connections * MOST_CLIENTS + client;
        pending.put(client, new Pending(connection, token));
        for (int slot = 0; slot < SLOTS; slot++) {
            receiveInto(client * SLOTS + slot, connection, verbs);
        }
    }

    private void receiveInto(long slot, Connection connection, Verbs verbs) {
        LocalSlice into = new LocalSlice(lkey, slot * SLOT_BYTES, SLOT_BYTES);
        verbs.postReceive(connection.queuePair(), new ReceiveRequest(slot, into));
    }

    /** The flush for a connection that is still open; null if it is not. */
    private @Nullable Pending pendingOf(int client) {
        Pending flush = pending.get(client);
        return flush != null && adapter.isOpen(flush.connection) ? flush : null;
    }

    void completed(WorkCompletion completion, Outbox<?> out) {
        // A failed connection is the peer's to mend.
        if (!completion.succeeded() || completion.opcode() != Opcode.RECEIVE) {
            return;
        }
        long slot = completion.id();
        Pending flush = pendingOf((int) slot / SLOTS);
        if (flush == null || flush.connection.queuePair() != completion.queuePair()) {
            return;
        }
        byte[] bytes = new byte[completion.bytes()];
        out.buffers().read(slot * SLOT_BYTES, bytes, 0, bytes.length);
        receiveInto(slot, flush.connection, out.verbs());
        ByteReader request = new ByteReader(bytes);
        flush.number = request.number();
        for (int left = request.count(); left > 0; left--) {
            int region = request.count();
            long offset = request.number();
            long length = request.number();
            long address = adapter.addressOf(region, offset, length);
            if (address >= 0) {
                flush.ranges++;
                out.persistentMemory().persist(address, length, flush.token);
            }
        }
    }

    /** A range is durable; after the last one the client is told. */
    void persisted(long token, Outbox<?> out) {
        Pending flush = pendingOf((int) token & MOST_CLIENTS - 1);
        // A flush for an earlier connection does not count for this one.
        if (flush == null || token != flush.token || --flush.ranges > 0) {
            return;
        }
        Payload reply = Payload.inline(new ByteWriter().number(flush.number).toBytes());
        out.verbs().post(flush.connection.queuePair(), new WorkRequest.Send(-1, reply));
    }
}
