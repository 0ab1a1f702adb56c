package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Mix;
import cairn.model.property.OrderSearch.Outcome;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The search against one that tries every order, on small random histories of a register. */
final class OrderSearchTest {

    private static final int VALUES = 3;
    private static final int MOST = 1 << 16;

    /** Kinds: reads of each value, then writes of each, then exchanges of each pair. */
    private static int next(int state, int kind) {
        if (kind < VALUES) {
            return kind == state ? state : OrderSearch.IMPOSSIBLE;
        }
        if (kind < 2 * VALUES) {
            return kind - VALUES;
        }
        int pair = kind - 2 * VALUES;
        return pair / VALUES == state ? pair % VALUES : OrderSearch.IMPOSSIBLE;
    }

    private record Operation(int kind, int called, int answered) {}

    @Test
    void itAgreesWithOneThatTriesEveryOrder() {
        int possible = 0;
        int runs = 3_000;
        for (int seed = 0; seed < runs; seed++) {
            List<Operation> operations = drawn(seed);
            boolean expected = anyOrder(operations, new boolean[operations.size()], 0);
            var search =
                    new OrderSearch(calls(operations), OrderSearchTest::next, MOST, () -> false);
            assertEquals(
                    expected ? Outcome.EXPLAINED : Outcome.IMPOSSIBLE,
                    search.search(),
                    () -> operations.toString());
            possible += expected ? 1 : 0;
        }
        int both = possible;
        assertTrue(possible > runs / 10 && possible < runs * 9 / 10, () -> both + " possible");
    }

    private static List<Operation> drawn(int seed) {
        var operations = new ArrayList<Operation>();
        long bits = Mix.mix(seed + 1);
        int size = 3 + (int) Long.remainderUnsigned(bits, 4);
        for (int i = 0; i < size; i++) {
            bits = Mix.mix(bits + i);
            int kind = (int) Long.remainderUnsigned(bits, 2 * VALUES + VALUES * VALUES);
            bits = Mix.mix(bits + 1);
            int called = (int) Long.remainderUnsigned(bits, 12);
            bits = Mix.mix(bits + 1);
            int lasts = 1 + (int) Long.remainderUnsigned(bits, 6);
            bits = Mix.mix(bits + 1);
            // What is never answered may be at the end or nowhere; a read of that kind says
            // nothing.
            boolean crashed = kind >= VALUES && Long.remainderUnsigned(bits, 4) == 0;
            operations.add(
                    new Operation(
                            kind,
                            called * 16 + i,
                            crashed ? Integer.MAX_VALUE : (called + lasts) * 16 + 8 + i));
        }
        return operations;
    }

    private static Calls calls(List<Operation> operations) {
        var calls = new Calls();
        int[] numbers = new int[operations.size()];
        for (int at = 0; at < 400; at++) {
            for (int i = 0; i < operations.size(); i++) {
                Operation operation = operations.get(i);
                if (operation.called == at) {
                    numbers[i] = calls.call(operation.kind, operation.kind < VALUES);
                } else if (operation.answered == at) {
                    calls.answer(numbers[i]);
                }
            }
        }
        return calls;
    }

    /**
     * Whether what is not yet placed can be placed in some order, one that was not answered or not.
     */
    private static boolean anyOrder(List<Operation> operations, boolean[] placed, int state) {
        boolean done = true;
        int earliest = Integer.MAX_VALUE;
        for (int i = 0; i < placed.length; i++) {
            if (!placed[i] && operations.get(i).answered != Integer.MAX_VALUE) {
                done = false;
                earliest = Math.min(earliest, operations.get(i).answered);
            }
        }
        if (done) {
            return true;
        }
        for (int i = 0; i < placed.length; i++) {
            // It may come next if it was called before every answer that is still due.
            if (!placed[i] && operations.get(i).called < earliest) {
                int next = next(state, operations.get(i).kind);
                if (next != OrderSearch.IMPOSSIBLE) {
                    placed[i] = true;
                    boolean found = anyOrder(operations, placed, next);
                    placed[i] = false;
                    if (found) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Test
    void itStopsWhenItIsTold() {
        var calls = new Calls();
        for (int i = 0; i < 5_000; i++) {
            calls.answer(calls.call(VALUES + i % VALUES, false));
        }
        var search = new OrderSearch(calls, OrderSearchTest::next, MOST, () -> true);
        assertEquals(Outcome.OUT_OF_TIME, search.search());
    }

    @Test
    void itNamesTheAnswerThatNoOrderExplains() {
        var calls = new Calls();
        calls.answer(calls.call(VALUES + 1, false));
        int stale = calls.call(0, true);
        calls.answer(stale);
        var search = new OrderSearch(calls, OrderSearchTest::next, MOST, () -> false);
        assertEquals(Outcome.IMPOSSIBLE, search.search());
        assertEquals(stale, search.deepest());
        assertEquals(1, search.deepestState());
    }
}
