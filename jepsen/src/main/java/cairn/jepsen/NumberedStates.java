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
 * once for each state and kind of operation that meet.
 */
public final class NumberedStates implements OrderSearch.Transitions {

    /** With more kinds than this, few of them meet a state, and a row for each state is a waste. */
    private static final int MOST_IN_A_ROW = 1 << 10;

    private static final int UNKNOWN = -2;

    private final Step step;
    private final int kinds;
    private final List<Object> states = new ArrayList<>();
    private final Map<@Nullable Object, Integer> numbers = new HashMap<>();
    private int[][] rows = new int[16][];
    // Of each place a key, and beside it its value.
    private long[] table = new long[1 << 11];
    private int remembered;

    /** A model: the state after an operation of a kind, or null if it is not allowed. */
    public interface Step {
        @Nullable Object from(Object state, int kind);

        /** What tells a state from the others, by value. */
        @Nullable Object key(Object state);
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
        // Zero stands for an empty place.
        long key = (long) (state + 1) << 32 | kind;
        int place = place(key);
        if (table[place] == 0) {
            int computed = compute(state, kind);
            if (4 * ++remembered > table.length) {
                grow();
                place = place(key);
            }
            table[place] = key;
            table[place + 1] = computed;
        }
        return (int) table[place + 1];
    }

    private int place(long key) {
        int mask = table.length - 2;
        long mixed = key * 0x9E3779B97F4A7C15L;
        int place = (int) (mixed >>> 31) & mask;
        while (table[place] != 0 && table[place] != key) {
            place = (place + 2) & mask;
        }
        return place;
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int place = place(old[i]);
                table[place] = old[i];
                table[place + 1] = old[i + 1];
            }
        }
    }

    private int compute(int state, int kind) {
        Object next = step.from(states.get(state), kind);
        return next == null ? OrderSearch.IMPOSSIBLE : number(next);
    }

    private int number(Object state) {
        Integer known = numbers.putIfAbsent(step.key(state), states.size());
        if (known == null) {
            states.add(state);
            return states.size() - 1;
        }
        return known;
    }
}
