package cairn.model.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Mix;
import cairn.model.property.Histories.Call;
import cairn.model.property.Linearization.Outcome;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;

class LinearizationProperties {

    private static Linearization search(Till till, List<Call> calls, boolean withOrder) {
        return new Linearization(
                Histories.history(calls, withOrder), till.specification(), withOrder, 2_000_000);
    }

    @Property(tries = 300)
    void aHistoryThatWasExecutedInSomeOrderIsExplained(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int clients,
            @ForAll @IntRange(min = 8, max = 40) int accounts,
            @ForAll boolean withOrder) {
        Till till = new Till(accounts);
        List<Call> calls = Histories.correct(till, accounts, clients, 300, seed);
        assertEquals(Outcome.EXPLAINED, search(till, calls, withOrder).search());
    }

    @Property(tries = 2000)
    void onTinyHistoriesTheSearchAgreesWithTryingEveryOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int clients,
            @ForAll @IntRange(min = 2, max = 7) int operations,
            @ForAll boolean knowsWhatCommutes,
            @ForAll boolean withOrder) {
        Till till = new Till(2, knowsWhatCommutes);
        List<Call> calls = new ArrayList<>(Histories.correct(till, 2, clients, operations, seed));
        // About half of the histories become wrong in this way, and some end unanswered.
        int wrong = (int) Math.floorMod(Mix.mix(seed), (long) operations);
        calls.set(wrong, calls.get(wrong).withResult(calls.get(wrong).result() ^ 1));
        int last = operations - 1;
        if ((seed & 2) == 0) {
            calls.set(last, calls.get(last).unanswered());
        }
        assertEquals(
                Histories.isExplained(till, calls),
                search(till, calls, withOrder).search() == Outcome.EXPLAINED);
    }

    @Property(tries = 300)
    void aBalanceThatNeverWasIsFoundAndTheAnswerIsNamed(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int clients) {
        Till till = new Till(30);
        List<Call> calls = new ArrayList<>(Histories.correct(till, 30, clients, 200, seed));
        int wrong = (int) Math.floorMod(Mix.mix(seed), 200L);
        while (!(calls.get(wrong).operation() instanceof Till.Look)) {
            wrong = (wrong + 1) % 200;
        }
        calls.set(wrong, calls.get(wrong).withResult(-1));
        Linearization search = search(till, calls, false);
        assertEquals(Outcome.IMPOSSIBLE, search.search());
        History history = Histories.history(calls, true);
        assertEquals(-1, history.result(history.operationAt(search.deepestAnswer())));
    }

    @Example
    void aLongHistoryOfManyClientsTakesAboutOneStepForEachOperation() {
        for (int clients : new int[] {8, 64}) {
            Till till = new Till(1000);
            List<Call> calls = Histories.correct(till, 1000, clients, 20_000, 7);
            Linearization hinted = search(till, calls, true);
            assertEquals(Outcome.EXPLAINED, hinted.search());
            assertTrue(hinted.states() < 20_000, () -> hinted.states() + " states");
            Linearization blind = search(till, calls, false);
            assertEquals(Outcome.EXPLAINED, blind.search());
            assertTrue(blind.states() < 40_000, () -> blind.states() + " states");
        }
    }

    @Example
    void theCapIsKept() {
        Till till = new Till(2, false);
        List<Call> calls = new ArrayList<>();
        for (int client = 0; client < 16; client++) {
            calls.add(new Call(client, 1, 2, 1000, new Till.Move(client % 2, 1, client + 1), 1));
        }
        calls.add(new Call(20, 1, 2, 900, new Till.Look(0), -5));
        Linearization search =
                new Linearization(
                        Histories.history(calls, false), till.specification(), false, 1_000);
        assertEquals(Outcome.UNKNOWN, search.search());
        assertEquals(1_000, search.states());
    }
}
