package cairn.simulator.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What pending events carry, in pooled slots.
 *
 * <p>A slot is three consecutive longs, so that an event is one cache line away:
 *
 * <pre>
 * | ticket, or the next free slot as -1 - slot | argument | process (32 bits), kind (32 bits) |
 * </pre>
 *
 * A ticket is the event's sequence number and its slot. Sequence numbers never return, so a ticket
 * that does not equal the one in its slot belongs to an event that was fired or cancelled, and the
 * slot of a cancelled event can serve again at once. The slot that was freed last is used first: it
 * is the one that the cache still holds.
 */
final class Slots {
    static final int SLOT_BITS = 24;
    private static final int MOST_SLOTS = 1 << SLOT_BITS;
    private static final long MOST_SEQUENCE = Long.MAX_VALUE >>> SLOT_BITS;
    private static final int STRIDE = 3;
    private static final int NONE = -1;

    private long[] records = new long[STRIDE * 64];
    private @Nullable Object[] payloads = new @Nullable Object[64];
    private int used;
    private int free = NONE;
    private long sequence;

    /** Fills a slot and answers the event's ticket; tickets increase in the order of the calls. */
    long take(int process, int kind, long argument, @Nullable Object payload) {
        int slot = free;
        if (slot == NONE) {
            slot = fresh();
        } else {
            free = (int) (-1 - records[STRIDE * slot]);
        }
        long ticket = (nextSequence() << SLOT_BITS) | slot;
        int at = STRIDE * slot;
        records[at] = ticket;
        records[at + 1] = argument;
        records[at + 2] = ((long) process << 32) | (kind & 0xFFFF_FFFFL);
        // Storing a reference costs a collector's barrier, and most events carry none.
        if (payload != null) {
            payloads[slot] = payload;
        }
        return ticket;
    }

    /** Whether the event of this ticket is still pending. */
    boolean holds(long ticket) {
        int slot = slot(ticket);
        return slot < used && records[STRIDE * slot] == ticket && ticket > 0;
    }

    /** As {@link #holds}, of a ticket that is known to have been given out here. */
    boolean stillHolds(long ticket) {
        return records[STRIDE * slot(ticket)] == ticket;
    }

    long argument(long ticket) {
        return records[STRIDE * slot(ticket) + 1];
    }

    /** The process in the upper half and the kind in the lower. */
    long address(long ticket) {
        return records[STRIDE * slot(ticket) + 2];
    }

    /** Frees the slot and answers the payload that was in it. */
    @Nullable Object release(long ticket) {
        int slot = slot(ticket);
        records[STRIDE * slot] = -1L - free;
        free = slot;
        Object payload = payloads[slot];
        if (payload != null) {
            payloads[slot] = null;
        }
        return payload;
    }

    private static int slot(long ticket) {
        return (int) ticket & (MOST_SLOTS - 1);
    }

    private long nextSequence() {
        if (sequence == MOST_SEQUENCE) {
            throw new IllegalStateException("a run has at most " + MOST_SEQUENCE + " events");
        }
        return ++sequence;
    }

    private int fresh() {
        if (used == payloads.length) {
            if (used == MOST_SLOTS) {
                throw new IllegalStateException("at most " + MOST_SLOTS + " events can be pending");
            }
            records = Arrays.copyOf(records, 2 * records.length);
            payloads = Arrays.copyOf(payloads, 2 * payloads.length);
        }
        return used++;
    }
}
