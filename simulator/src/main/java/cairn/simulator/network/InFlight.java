package cairn.simulator.network;

import java.util.Arrays;

/** What must be known of messages in flight beside what their events carry, in pooled slots. */
final class InFlight {

    private long[] arguments = new long[64];
    private int[] bytes = new int[64];
    private int[] freed = new int[64];
    private int freeCount;
    private int used;

    int keep(long argument, int size) {
        int slot = freeCount > 0 ? freed[--freeCount] : fresh();
        arguments[slot] = argument;
        bytes[slot] = size;
        return slot;
    }

    private int fresh() {
        if (used == arguments.length) {
            arguments = Arrays.copyOf(arguments, 2 * used);
            bytes = Arrays.copyOf(bytes, 2 * used);
            freed = Arrays.copyOf(freed, 2 * used);
        }
        return used++;
    }

    long argument(int slot) {
        return arguments[slot];
    }

    int bytes(int slot) {
        return bytes[slot];
    }

    void forget(int slot) {
        freed[freeCount++] = slot;
    }
}
