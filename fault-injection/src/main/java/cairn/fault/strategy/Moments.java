package cairn.fault.strategy;

import java.util.Arrays;

/**
 * The times at which a run did something that a fault could come before, into or after: durable
 * effects, acknowledgements, sends; in virtual nanoseconds and in the order of time.
 */
public final class Moments {

    private long[] times = new long[256];
    private int size;

    /** Takes in one; several at one time count once. */
    public void add(long at) {
        if (size > 0 && times[size - 1] >= at) {
            return;
        }
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        times[size++] = at;
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The time of one of them. */
    public long at(int index) {
        return times[index];
    }

    /**
     * The times at which a crash comes before, into and after each moment that is later than a
     * time: at the moment, before anything else that happens then; in the middle of the way to the
     * next moment, when what began is under way; and one nanosecond later, when all of it has
     * happened.
     */
    long[] crashTimes(long after) {
        long[] found = new long[3 * size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            long before = times[i];
            if (before <= after) {
                continue;
            }
            found[count++] = before;
            found[count++] = before + 1;
            long next = i + 1 < size ? times[i + 1] : before;
            if (next > before + 3) {
                found[count++] = before + (next - before) / 2;
            }
        }
        Arrays.sort(found, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || found[i] != found[i - 1]) {
                found[distinct++] = found[i];
            }
        }
        return Arrays.copyOf(found, distinct);
    }
}
