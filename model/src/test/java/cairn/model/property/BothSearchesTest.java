package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Mix;
import cairn.model.property.Histories.Call;
import cairn.model.service.Specification.State;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The search that follows a service forth and back and the one over numbered states come to the
 * same verdict on the same histories, which is that of trying every order.
 */
final class BothSearchesTest {

    private static final int HISTORIES = 4_000;

    /** The states of a till by number, and how each was reached first. */
    private static final class NumberedTill implements OrderSearch.Transitions {
        private final Till till;
        private final History history;
        private final Map<Object, Integer> numbers = new LinkedHashMap<>();
        private final List<List<Integer>> ways = new ArrayList<>();

        NumberedTill(Till till, History history) {
            this.till = till;
            this.history = history;
            number(till.specification().start(), List.of());
        }

        private int number(State state, List<Integer> way) {
            Integer known = numbers.putIfAbsent(state.snapshot(), ways.size());
            if (known != null) {
                return known;
            }
            ways.add(way);
            return ways.size() - 1;
        }

        /** Each operation is a kind of its own. */
        @Override
        public int next(int state, int operation) {
            State there = till.specification().start();
            List<Integer> way = new ArrayList<>(ways.get(state));
            way.forEach(step -> step(there, step));
            if (!step(there, operation)) {
                return OrderSearch.IMPOSSIBLE;
            }
            way.add(operation);
            return number(there, way);
        }

        private boolean step(State state, int operation) {
            if (history.isAnswered(operation)) {
                return state.step(history.operation(operation), history.result(operation));
            }
            state.step(history.operation(operation));
            return true;
        }
    }

    private static boolean isExplainedByNumbers(Till till, History history) {
        Calls calls = new Calls();
        for (int event = 0; event < history.events(); event++) {
            int operation = history.operationAt(event);
            if (history.isAnswerAt(event)) {
                calls.answer(operation);
            } else {
                boolean reads = history.isReadOnly(operation) && history.isAnswered(operation);
                assertEquals(operation, calls.call(operation, reads));
            }
        }
        OrderSearch search =
                new OrderSearch(calls, new NumberedTill(till, history), 1 << 16, () -> false);
        return search.search() == OrderSearch.Outcome.EXPLAINED;
    }

    private static boolean isExplainedByWalking(Till till, History history) {
        return new Linearization(history, till.specification(), false, 1 << 20).search()
                == Linearization.Outcome.EXPLAINED;
    }

    @Test
    void bothComeToTheVerdictOfTryingEveryOrder() {
        int explained = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            Till till = new Till(2);
            int clients = 2 + (int) (seed % 3);
            int size = 3 + (int) (seed / 3 % 5);
            List<Call> calls = new ArrayList<>(Histories.correct(till, 2, clients, size, seed));
            int wrong = (int) Math.floorMod(Mix.mix(seed), (long) size);
            if (seed % 4 > 0) {
                calls.set(wrong, calls.get(wrong).withResult(calls.get(wrong).result() ^ 1));
            }
            if (seed % 2 == 0) {
                // What is never answered may have taken effect or not: any but the wrong one.
                int open = (wrong + 1) % size;
                calls.set(open, calls.get(open).unanswered());
            }
            boolean possible = Histories.isExplained(till, calls);
            History history = Histories.history(calls, false);
            assertEquals(possible, isExplainedByWalking(till, history), calls::toString);
            assertEquals(possible, isExplainedByNumbers(till, history), calls::toString);
            explained += possible ? 1 : 0;
        }
        int counted = explained;
        // Else the comparison shows little.
        assertTrue(
                explained > HISTORIES / 10 && explained < HISTORIES * 9 / 10,
                () -> counted + " of " + HISTORIES + " are possible");
    }
}
