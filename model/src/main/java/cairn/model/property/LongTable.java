package cairn.model.property;

import cairn.model.choice.Mix;

import java.util.Arrays;

/** A table from numbers to numbers, without boxes: open addressing, at most half full. */
final class LongTable {

    private long[] keys = new long[64];
    private long[] values = new long[64];
    private boolean[] used = new boolean[64];
    private int size;

    /** The value of a key, or what is to stand for none. */
    long get(long key, long absent) {
        int slot = slot(key);
        return used[slot] ? values[slot] : absent;
    }

    boolean contains(long key) {
        return used[slot(key)];
    }

    void put(long key, long value) {
        int slot = slot(key);
        if (!used[slot]) {
            if (2 * ++size > keys.length) {
                grow();
                slot = slot(key);
            }
            used[slot] = true;
            keys[slot] = key;
        }
        values[slot] = value;
    }

    /** Some key with a value, or what is to stand for none; looks through everything. */
    long keyOf(long value, long absent) {
        for (int i = 0; i < keys.length; i++) {
            if (used[i] && values[i] == value) {
                return keys[i];
            }
        }
        return absent;
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = (int) Mix.mix(key) & mask;
        while (used[slot] && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldValues = values;
        boolean[] oldUsed = used;
        keys = new long[2 * oldKeys.length];
        values = new long[2 * oldKeys.length];
        used = new boolean[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldUsed[i]) {
                int slot = slot(oldKeys[i]);
                used[slot] = true;
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** An array that has room for an index. */
    static long[] withRoomFor(long[] array, int index) {
        return index < array.length
                ? array
                : Arrays.copyOf(array, Math.max(2 * array.length, index + 1));
    }
}
