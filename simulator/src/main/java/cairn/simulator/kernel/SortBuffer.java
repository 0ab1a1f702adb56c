package cairn.simulator.kernel;

import java.util.Arrays;

/**
 * The pairs of one bucket, while they are sorted into the bottom: by time, and those of one time as
 * they came.
 *
 * <p>The times of a bucket are spread fairly evenly as a rule. So a pair is put straight where its
 * time suggests, by counting how many fall into each of 64 parts of the span; what is then still
 * out of order is near its place, and insertion mends it. This guesses fewer branches wrongly than
 * a sort by comparison, and leaves no garbage, which {@link Arrays#sort(long[])} does. Should all
 * times fall into one part, then insertion alone sorts the few pairs that a bucket may have.
 */
final class SortBuffer {
    static final int CAPACITY = 128;

    private static final int PART_BITS = 6;

    private final long[] times = new long[CAPACITY];
    private final long[] tickets = new long[CAPACITY];
    private final int[] starts = new int[(1 << PART_BITS) + 1];
    private long base;
    private int shift;
    private int size;

    /** Begins anew, for times between these two, inclusive. */
    void clear(long least, long most) {
        base = least;
        int spanBits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
        shift = Math.max(0, spanBits - PART_BITS);
        size = 0;
        Arrays.fill(starts, 0);
    }

    void add(long time, long ticket) {
        times[size] = time;
        tickets[size++] = ticket;
        starts[part(time) + 1]++;
    }

    /** Writes all pairs to the beginning of two arrays, sorted, and answers how many. */
    int sortInto(long[] sortedTimes, long[] sortedTickets) {
        int before = 0;
        for (int part = 1; part < starts.length; part++) {
            before += starts[part];
            starts[part] = before;
        }
        for (int i = 0; i < size; i++) {
            long time = times[i];
            int at = starts[part(time)]++;
            sortedTimes[at] = time;
            sortedTickets[at] = tickets[i];
        }
        mend(sortedTimes, sortedTickets, size);
        return size;
    }

    private int part(long time) {
        return (int) ((time - base) >>> shift);
    }

    private static void mend(long[] times, long[] tickets, int size) {
        for (int i = 1; i < size; i++) {
            long time = times[i];
            if (times[i - 1] <= time) {
                continue;
            }
            long ticket = tickets[i];
            int at = i;
            while (at > 0 && times[at - 1] > time) {
                times[at] = times[at - 1];
                tickets[at] = tickets[at - 1];
                at--;
            }
            times[at] = time;
            tickets[at] = ticket;
        }
    }
}
