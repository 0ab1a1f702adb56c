package cairn.simulator.kernel;

import java.util.Arrays;

/**
 * The nearest events, sorted: a run of (time, ticket) pairs between a head and an end.
 *
 * <p>Pairs of one time stay in the order in which they came.
 */
final class Bottom {
    private long[] times = new long[2 * SortBuffer.CAPACITY];
    private long[] tickets = new long[2 * SortBuffer.CAPACITY];
    private int head;
    private int end;

    boolean isEmpty() {
        return head == end;
    }

    int size() {
        return end - head;
    }

    long time() {
        return times[head];
    }

    long ticket() {
        return tickets[head];
    }

    void removeFirst() {
        head++;
    }

    /** The latest time; of a bottom that is not empty. */
    long last() {
        return times[end - 1];
    }

    /** The sum of the times, each counted from the first. */
    double sumAfterFirst() {
        double sum = 0;
        for (int i = head; i < end; i++) {
            sum += times[i] - times[head];
        }
        return sum;
    }

    /** Makes it empty, with room for {@code size} pairs to be appended. */
    void clear(int size) {
        head = 0;
        end = 0;
        if (size > times.length) {
            int length = Integer.highestOneBit(size) * 2;
            times = new long[length];
            tickets = new long[length];
        }
    }

    /** Takes over what was to be sorted; the bottom is empty before. */
    void fillFrom(SortBuffer buffer) {
        head = 0;
        end = buffer.sortInto(times, tickets);
    }

    /** Appends a pair that is not earlier than the last; there is room for it. */
    void append(long time, long ticket) {
        times[end] = time;
        tickets[end] = ticket;
        end++;
    }

    /** Inserts a pair after those that are not later. */
    void insert(long time, long ticket) {
        makeRoom();
        int at = position(time);
        if (head > 0 && at - head < end - at) {
            System.arraycopy(times, head, times, head - 1, at - head);
            System.arraycopy(tickets, head, tickets, head - 1, at - head);
            head--;
            at--;
        } else {
            System.arraycopy(times, at, times, at + 1, end - at);
            System.arraycopy(tickets, at, tickets, at + 1, end - at);
            end++;
        }
        times[at] = time;
        tickets[at] = ticket;
    }

    /** The first position whose time is later. */
    private int position(long time) {
        int low = head;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void makeRoom() {
        if (head == end) {
            head = 0;
            end = 0;
        } else if (end == times.length) {
            int size = end - head;
            // Sliding down is paid for by the removals only if they were as many as what is left.
            if (head < size) {
                times = Arrays.copyOf(times, 2 * times.length);
                tickets = Arrays.copyOf(tickets, 2 * tickets.length);
            } else {
                System.arraycopy(times, head, times, 0, size);
                System.arraycopy(tickets, head, tickets, 0, size);
                head = 0;
                end = size;
            }
        }
    }
}
