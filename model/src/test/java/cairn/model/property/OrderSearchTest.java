package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Mix;
import cairn.model.property.OrderSearch.Outcome;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/** The search against one that tries every order, on small random histories of a register. */
final class OrderSearchTest {

    private static final int VALUES = 10;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final int MOST = 1 << 16;

    private static final int READ = 0;
    private static final int WRITE = READ + VALUES;
    private static final int EXCHANGE = WRITE + VALUES;
    private static final int READ_ANY = EXCHANGE + VALUES * VALUES;
    private static final int ADD = READ_ANY + 1;

    /**
     * Kinds: reads of each value, writes of each, exchanges of each pair, a read of any value, and
     * an addition of one.
     */
    private static int next(int state, int kind) {
        if (kind < WRITE) {
            return kind - READ == state ? state : OrderSearch.IMPOSSIBLE;
        }
        if (kind < EXCHANGE) {
            return kind - WRITE;
        }
        if (kind == READ_ANY) {
            return state;
        }
        if (kind == ADD) {
            return (state + 1) % VALUES;
        }
        int pair = kind - EXCHANGE;
        return pair / VALUES == state ? pair % VALUES : OrderSearch.IMPOSSIBLE;
    }

    private static boolean reads(int kind) {
        return kind < WRITE || kind == READ_ANY;
    }

    private record Operation(int kind, int called, int answered) {

        boolean isAnswered() {
            return answered != NEVER;
        }
    }

    @Test
    void itAgreesWithOneThatTriesEveryOrderWhereAnythingIsAnswered() {
        agrees(3_000, OrderSearchTest::drawn);
    }

    @Test
    void itAgreesWithOneThatTriesEveryOrderWhereFewValuesAreWrittenAgainAndAgain() {
        agrees(12_000, seed -> lived(seed, false));
    }

    @Test
    void itAgreesWithOneThatTriesEveryOrderWhereEachValueIsWrittenOnce() {
        agrees(12_000, seed -> lived(seed, true));
    }

    private static void agrees(int runs, IntFunction<List<Operation>> histories) {
        int possible = 0;
        int needed = 0;
        for (int seed = 0; seed < runs; seed++) {
            List<Operation> operations = histories.apply(seed);
            int unexplained = firstUnexplained(operations);
            var search =
                    new OrderSearch(calls(operations), OrderSearchTest::next, MOST, () -> false);
            assertEquals(
                    unexplained == NEVER ? Outcome.EXPLAINED : Outcome.IMPOSSIBLE,
                    search.search(),
                    operations::toString);
            if (unexplained == NEVER) {
                possible++;
                needed += isExplained(operations, false) ? 0 : 1;
            } else {
                assertEquals(
                        unexplained,
                        inOrderOfCalls(operations).get(search.deepest()).answered,
                        operations::toString);
            }
        }
        // Else the comparison shows little: of orders that exist, that do not, and that need
        // something which was never answered there must be many.
        String counted = possible + " possible, " + needed + " by what was never answered";
        assertTrue(possible > runs / 10 && possible < runs * 9 / 10, counted);
        assertTrue(needed > runs / 50, counted);
    }

    /** Operations that were asked and answered anything. */
    private static List<Operation> drawn(int seed) {
        int few = 3;
        var draw = new Draw(seed);
        var operations = new ArrayList<Operation>();
        int size = 3 + draw.below(4);
        for (int i = 0; i < size; i++) {
            int value = draw.below(few);
            int kind =
                    switch (draw.below(5)) {
                        case 0 -> READ + value;
                        case 1, 2 -> WRITE + value;
                        default -> EXCHANGE + draw.below(few) * VALUES + value;
                    };
            int called = draw.below(12);
            int answered = called + 1 + draw.below(6);
            // What is never answered may be at the end or nowhere; a read of that kind says
            // nothing.
            boolean crashed = !reads(kind) && draw.below(4) == 0;
            operations.add(
                    new Operation(kind, called * 16 + i, crashed ? NEVER : answered * 16 + 8 + i));
        }
        return operations;
    }

    /**
     * Operations on a register that was there, many of them never answered. In two of three
     * histories one read, mostly the last, says what was there before or was written at any time.
     */
    private static List<Operation> lived(int seed, boolean unique) {
        var draw = new Draw(seed);
        int size = 5 + draw.below(5);
        int[] at = new int[size];
        for (int i = 0; i < size; i++) {
            at[i] = 8 + draw.below(24);
        }
        Arrays.sort(at);
        var operations = new ArrayList<Operation>();
        int state = 0;
        int written = 0;
        for (int i = 0; i < size; i++) {
            int called = at[i] - draw.below(8);
            boolean crashed = draw.below(3) == 0;
            int value = unique ? ++written : draw.below(3);
            int kind =
                    switch (crashed ? 2 + draw.below(4) : draw.below(7)) {
                        case 0, 1 -> READ + state;
                        case 2, 3 -> WRITE + value;
                        case 4 -> EXCHANGE + state * VALUES + value;
                        case 5 -> ADD;
                        default -> READ_ANY;
                    };
            // What crashed took effect late, or not.
            if (!crashed || draw.below(2) == 0) {
                state = next(state, kind);
                called -= crashed ? draw.below(8) : 0;
            }
            int answered = at[i] + 1 + draw.below(8);
            operations.add(
                    new Operation(
                            kind,
                            Math.max(0, called) * 16 + i,
                            crashed ? NEVER : answered * 16 + i));
        }
        if (draw.below(3) > 0) {
            spoil(operations, draw);
        }
        return operations;
    }

    private static void spoil(List<Operation> operations, Draw draw) {
        int skipped = draw.below(4) / 3;
        for (int i = operations.size() - 1; i >= 0; i--) {
            Operation operation = operations.get(i);
            if (operation.kind < WRITE && skipped-- == 0) {
                int stale = READ + draw.below(4);
                operations.set(i, new Operation(stale, operation.called, operation.answered));
            }
        }
    }

    /** Numbers from a seed. */
    private static final class Draw {

        private long bits;

        Draw(int seed) {
            bits = Mix.mix(seed + 1L);
        }

        int below(int bound) {
            bits = Mix.mix(bits + 1);
            return (int) Long.remainderUnsigned(bits, bound);
        }
    }

    /** When the first answer comes that no order explains with all before it. */
    private static int firstUnexplained(List<Operation> operations) {
        return operations.stream()
                .filter(Operation::isAnswered)
                .mapToInt(Operation::answered)
                .sorted()
                .filter(at -> !isExplained(until(operations, at), true))
                .findFirst()
                .orElse(NEVER);
    }

    private static List<Operation> until(List<Operation> operations, int end) {
        return operations.stream()
                .filter(o -> o.called < end)
                .map(o -> o.answered <= end ? o : new Operation(o.kind, o.called, NEVER))
                .toList();
    }

    private static boolean isExplained(List<Operation> operations, boolean byUnanswered) {
        List<Operation> used =
                operations.stream().filter(o -> byUnanswered || o.isAnswered()).toList();
        return anyOrder(used, new boolean[used.size()], 0);
    }

    private static List<Operation> inOrderOfCalls(List<Operation> operations) {
        return operations.stream().sorted(Comparator.comparingInt(Operation::called)).toList();
    }

    private static Calls calls(List<Operation> operations) {
        var calls = new Calls();
        int[] numbers = new int[operations.size()];
        for (int at = 0; at < 1_000; at++) {
            for (int i = 0; i < operations.size(); i++) {
                Operation operation = operations.get(i);
                if (operation.called == at) {
                    numbers[i] = calls.call(operation.kind, reads(operation.kind));
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
        int earliest = NEVER;
        for (int i = 0; i < placed.length; i++) {
            if (!placed[i] && operations.get(i).isAnswered()) {
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
            calls.answer(calls.call(WRITE + i % VALUES, false));
        }
        var search = new OrderSearch(calls, OrderSearchTest::next, MOST, () -> true);
        assertEquals(Outcome.OUT_OF_TIME, search.search());
    }

    @Test
    void itNamesTheAnswerThatNoOrderExplains() {
        var calls = new Calls();
        calls.answer(calls.call(WRITE + 1, false));
        int stale = calls.call(READ, true);
        calls.answer(stale);
        var search = new OrderSearch(calls, OrderSearchTest::next, MOST, () -> false);
        assertEquals(Outcome.IMPOSSIBLE, search.search());
        assertEquals(stale, search.deepest());
        assertEquals(1, search.deepestState());
    }
}
