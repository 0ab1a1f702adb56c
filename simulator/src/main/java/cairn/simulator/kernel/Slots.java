package cairn.simulator.kernel;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What pending events carry, in pooled slots.
 *
 * <p>A slot is three consecutive longs, so that an event is one or two cache lines away:
 *
 * <pre>
 * | ticket, or the next free slot as -1 - slot | argument | carries a payload (1 bit), process (31), kind (32) |
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

    /** Set in the address; process numbers are not negative, so that the bit is to spare. */
    private static final long CARRIES_PAYLOAD = Long.MIN_VALUE;

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
        long address = ((long) process << 32) | (kind & 0xFFFF_FFFFL);
        // Most events carry no payload. Their place among the payloads is not even looked at: that
        // would be one more cache miss, and storing a reference costs a collector's barrier.
        if (payload != null) {
            payloads[slot] = payload;
            address |= CARRIES_PAYLOAD;
        }
        records[at + 2] = address;
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
        return records[STRIDE * slot(ticket) + 2] & ~CARRIES_PAYLOAD;
    }

    /** Frees the slot and answers the payload that was in it. */
    @Nullable Object release(long ticket) {
        int slot = slot(ticket);
        int at = STRIDE * slot;
        records[at] = -1L - free;
        free = slot;
        if (records[at + 2] >= 0) {
            return null;
        }
        Object payload = payloads[slot];
        payloads[slot] = null;
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
