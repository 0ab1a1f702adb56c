package cairn.simulator.network;

import org.jspecify.annotations.Nullable;

import java.util.function.LongFunction;

/**
 * Values for ordered pairs of hosts, made when first asked for: 10,000 hosts of which each talks to
 * a few need no hundred million places.
 */
final class PairTable<T> {

    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[64];
    private @Nullable Object[] values = new @Nullable Object[64];
    private int shift = Long.SIZE - 6;
    private int size;

    private static long key(int from, int to) {
        return (long) from << 32 | to;
    }

    @SuppressWarnings("unchecked")
    T get(int from, int to, LongFunction<T> maker) {
        long key = key(from, to);
        int at = place(key);
        Object value = values[at];
        if (value == null) {
            value = maker.apply(key);
            put(key, value);
        }
        return (T) value;
    }

    private int place(long key) {
        int at = (int) ((key * FACTOR) >>> shift);
        while (values[at] != null && keys[at] != key) {
            at = (at + 1) & (keys.length - 1);
        }
        return at;
    }

    private void put(long key, Object value) {
        if (2 * ++size > keys.length) {
            grow();
        }
        int at = place(key);
        keys[at] = key;
        values[at] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new @Nullable Object[2 * oldKeys.length];
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                values[at] = oldValues[i];
            }
        }
    }
}
