package cairn.model.property;

import cairn.model.choice.Mix;

import java.util.Arrays;

/**
 * Configurations of an {@link OrderSearch} from which nothing leads to the end: each an event, a
 * state, and so many words of bits. A hash table of primitives, since a search remembers millions.
 */
final class ConfigurationSet {

    private final int words;
    private final int most;
    private int size;

    /** Event and state of each slot; zero for an empty one. */
    private long[] heads = new long[1 << 10];

    /** The bits of each slot, one slot's words after another's. */
    private long[] sets;

    /** An empty set of at most so many configurations, each with so many words of bits. */
    ConfigurationSet(int words, int most) {
        this.words = words;
        this.most = most;
        this.sets = new long[words << 10];
    }

    boolean contains(int event, int state, long[] bits) {
        return heads[slot(head(event, state), bits, 0)] != 0;
    }

    /** Adds one, which may be there already; false if there is no room for it. */
    boolean add(int event, int state, long[] bits) {
        long head = head(event, state);
        int slot = slot(head, bits, 0);
        if (heads[slot] == 0) {
            if (size == most) {
                return false;
            }
            if (2 * ++size > heads.length) {
                grow();
                slot = slot(head, bits, 0);
            }
            heads[slot] = head;
            System.arraycopy(bits, 0, sets, slot * words, words);
        }
        return true;
    }

    /** Never zero, which stands for an empty slot. */
    private static long head(int event, int state) {
        return (long) (event + 1) << 32 | state;
    }

    private int slot(long head, long[] bits, int from) {
        long hash = head;
        for (int i = 0; i < words; i++) {
            hash = Mix.fold(hash, bits[from + i]);
        }
        int mask = heads.length - 1;
        int slot = (int) hash & mask;
        while (heads[slot] != 0
                && (heads[slot] != head
                        || !Arrays.equals(
                                sets,
                                slot * words,
                                (slot + 1) * words,
                                bits,
                                from,
                                from + words))) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldHeads = heads;
        long[] oldSets = sets;
        heads = new long[2 * oldHeads.length];
        sets = new long[2 * oldSets.length];
        for (int i = 0; i < oldHeads.length; i++) {
            if (oldHeads[i] != 0) {
                int slot = slot(oldHeads[i], oldSets, i * words);
                heads[slot] = oldHeads[i];
                System.arraycopy(oldSets, i * words, sets, slot * words, words);
            }
        }
    }
}
