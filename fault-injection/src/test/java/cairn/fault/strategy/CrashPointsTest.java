package cairn.fault.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.strategy.ToyStore.Outcome;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/** The enumeration of crash points, on a store whose points can be counted by hand. */
final class CrashPointsTest {

    private static List<Outcome> all(ToyStore store, CrashPoints search) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Attempt attempt = search.next(); attempt != null; attempt = search.next()) {
            Moments moments = new Moments();
            outcomes.add(store.run(attempt, moments));
            search.learn(attempt, new Feedback(false, 0, moments));
        }
        assertTrue(search.isExhausted(), search.scope());
        return outcomes;
    }

    @Test
    void aFaultStrikesBeforeIntoAndAfterEveryMoment() {
        // Two lines: moments at 100, 150, 250, 300; the last has no way to a next one.
        TreeSet<Long> strikes = new TreeSet<>();
        for (Outcome outcome : all(new ToyStore(2, 8, 0), new CrashPoints(1, 1, Shard.WHOLE))) {
            strikes.add(outcome.firstStrike());
        }
        assertEquals(
                new TreeSet<>(
                        List.of(
                                100L,
                                101L,
                                125L,
                                150L,
                                151L,
                                200L,
                                250L,
                                251L,
                                275L,
                                300L,
                                301L,
                                Long.MAX_VALUE)),
                strikes);
    }

    @Test
    void everySubsetOfAFewGranulesSurvivesOnce() {
        TreeSet<String> subsets = new TreeSet<>();
        for (Outcome outcome : all(new ToyStore(1, 8, 1), new CrashPoints(1, 1, Shard.WHOLE))) {
            if (outcome.strikes() == 1 && outcome.firstStrike() == 125) {
                subsets.add(outcome.torn().toString());
            }
        }
        assertEquals(256, subsets.size());
    }

    @Test
    void ofManyGranulesPrefixesSuffixesAndSingleGapsSurvive() {
        List<BitSet> subsets = Subsets.of(40);
        BitSet prefix = new BitSet();
        prefix.set(0, 20);
        BitSet suffix = new BitSet();
        suffix.set(20, 40);
        BitSet gap = new BitSet();
        gap.set(0, 40);
        gap.clear(20);
        assertTrue(subsets.containsAll(List.of(new BitSet(), prefix, suffix, gap)));
        assertEquals(64, subsets.size());
        assertEquals(1 << 12, Subsets.of(12).size());
    }

    @Test
    void aSecondFaultStrikesDuringTheRecoveryFromTheFirst() {
        List<Outcome> outcomes = all(new ToyStore(1, 8, 0), new CrashPoints(1, 1, Shard.WHOLE));
        assertTrue(outcomes.stream().anyMatch(o -> o.strikes() == 2 && o.failedInRecovery()));
        // And a third one during the recovery from the second.
        assertTrue(outcomes.stream().anyMatch(o -> o.strikes() == 3 && o.failedInRecovery()));
    }

    @Test
    void shardsShareThePoints() {
        TreeSet<Long> whole = new TreeSet<>();
        TreeSet<Long> parts = new TreeSet<>();
        ToyStore store = new ToyStore(4, 8, 0);
        all(store, new CrashPoints(1, 1, Shard.WHOLE)).forEach(o -> whole.add(o.firstStrike()));
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            TreeSet<Long> part = new TreeSet<>();
            all(store, new CrashPoints(1, 1, new Shard(i, 3)))
                    .forEach(o -> part.add(o.firstStrike()));
            sizes.add(part.size());
            parts.addAll(part);
        }
        assertEquals(whole, parts);
        assertTrue(sizes.stream().allMatch(size -> size < whole.size() / 2), () -> "" + sizes);
    }

    @Test
    void whateverIsVisitedEarlyIsSpread() {
        EvenWalk walk = new EvenWalk(1_000);
        TreeSet<Long> first = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            first.add(walk.next());
        }
        assertEquals(100, first.size());
        for (long from = 0; from < 1_000; from += 50) {
            assertTrue(!first.subSet(from, from + 50).isEmpty(), "nothing in [" + from + ", +50)");
        }
    }
}
