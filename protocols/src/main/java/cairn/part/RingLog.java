package cairn.part;

import java.util.ArrayDeque;

/**
 * Places for sets of any size in a bounded range: one after the other, the oldest given up first,
 * around the end of the range to its start. A set is never split.
 */
public final class RingLog {

    private final long start;
    private final long end;
    private final ArrayDeque<Placed> sets = new ArrayDeque<>();
    private long head;

    private record Placed(long epoch, long offset, long length) {}

    /** An empty log in so many bytes from an offset on. */
    public RingLog(long start, long bytes) {
        this.start = start;
        this.end = start + bytes;
        this.head = start;
    }

    /** Takes note of a set that is there already; sets are named from the oldest to the newest. */
    public void found(long epoch, long offset, long length) {
        sets.add(new Placed(epoch, offset, length));
        head = offset + length;
    }

    /** Where a set of so many bytes would go, or -1 when there is no room for it. */
    public long placeFor(long length) {
        return placeAfter(head, length);
    }

    /** Whether there is room for a set and for another one after it. */
    public boolean hasRoomFor(long length, long next) {
        long place = placeFor(length);
        return place >= 0 && placeAfter(place + length, next) >= 0;
    }

    private long placeAfter(long from, long length) {
        long tail = tail();
        if (tail < 0) {
            // Nothing is stored; but a set may just have been thought of at the head.
            return from + length <= end ? from : from == start ? -1 : fits(start, length, head);
        }
        if (from > tail) {
            return from + length <= end ? from : fits(start, length, tail);
        }
        // The head went around the end. It never meets the tail, so that full differs from empty.
        return fits(from, length, tail);
    }

    private static long fits(long from, long length, long before) {
        return from + length < before ? from : -1;
    }

    /** The offset of the oldest set with data, or -1. */
    private long tail() {
        for (Placed set : sets) {
            if (set.length > 0) {
                return set.offset;
            }
        }
        return -1;
    }

    /** Appends a set where {@link #placeFor} said. */
    public long append(long epoch, long length) {
        long offset = placeFor(length);
        if (offset < 0) {
            throw new IllegalStateException(
                    "no room for " + length + " bytes of e" + epoch + " behind " + head);
        }
        found(epoch, offset, length);
        return offset;
    }

    /** Gives up the sets before an epoch. */
    public void discardBefore(long epoch) {
        while (!sets.isEmpty() && sets.getFirst().epoch < epoch) {
            sets.removeFirst();
        }
        if (sets.isEmpty()) {
            head = start;
        }
    }

    /** How many sets are kept. */
    public int size() {
        return sets.size();
    }
}
