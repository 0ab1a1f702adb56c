package cairn.jepsen;

import cairn.model.property.OrderSearch;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the states of a model as they come up, and remembers each step: a model's own code runs
 * once for each state and kind of operation that meet. States need equality by value.
 */
public final class NumberedStates implements OrderSearch.Transitions {

    /** With more kinds than this, few of them meet a state, and a row for each state is a waste. */
    private static final int MOST_IN_A_ROW = 1 << 10;

    private static final int UNKNOWN = -2;

    private final Step step;
    private final int kinds;
    private final List<Object> states = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private int[][] rows = new int[16][];
    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int remembered;

    /** A model: the state after an operation of a kind, or null if it is not allowed. */
    @FunctionalInterface
    public interface Step {
        @Nullable Object from(Object state, int kind);
    }

    public NumberedStates(Object initial, int kinds, Step step) {
        this.step = step;
        this.kinds = kinds;
        number(initial);
    }

    /** The state of a number. */
    public Object state(int number) {
        return states.get(number);
    }

    @Override
    public int next(int state, int kind) {
        return kinds <= MOST_IN_A_ROW ? inRow(state, kind) : inTable(state, kind);
    }

    private int inRow(int state, int kind) {
        if (state >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(2 * rows.length, state + 1));
        }
        if (rows[state] == null) {
            rows[state] = new int[kinds];
            Arrays.fill(rows[state], UNKNOWN);
        }
        int known = rows[state][kind];
        if (known == UNKNOWN) {
            known = compute(state, kind);
            rows[state][kind] = known;
        }
        return known;
    }

    private int inTable(int state, int kind) {
        // Zero stands for an empty slot.
        long key = (long) (state + 1) << 32 | kind;
        int slot = slot(key);
        if (keys[slot] == 0) {
            int computed = compute(state, kind);
            if (2 * ++remembered > keys.length) {
                grow();
                slot = slot(key);
            }
            keys[slot] = key;
            values[slot] = computed;
        }
        return values[slot];
    }

    private int slot(long key) {
        int mask = keys.length - 1;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private int compute(int state, int kind) {
        Object next = step.from(states.get(state), kind);
        return next == null ? OrderSearch.IMPOSSIBLE : number(next);
    }

    private int number(Object state) {
        Integer known = numbers.putIfAbsent(state, states.size());
        if (known == null) {
            states.add(state);
            return states.size() - 1;
        }
        return known;
    }
}
