package cairn.fault.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.CalmChoices;
import cairn.fault.RecordingChoices;
import cairn.fault.SeededChoices;
import cairn.model.Fact;
import cairn.model.Observation;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A search that is killed again and again covers what one covers that is left in peace. Several of
 * its runs are under way at a time, they end in any order, and a kill loses all that happened since
 * its position was last written down.
 */
class ResumeProperties {

    private static final ToyStore STORE = new ToyStore(1, 8, 0);
    private static final ToyMail MAIL = ToyMail.letters(6, 2);

    /** What a run did, as text; it tells the strategy what it learns from. */
    private interface Toy {
        String run(Attempt attempt, Moments moments);
    }

    private static String store(Attempt attempt, Moments moments) {
        RecordingChoices recording = new RecordingChoices(attempt.choices());
        Attempt recorded = new Attempt(attempt.number(), recording, attempt.observer(), true);
        STORE.run(recorded, moments);
        return recording.answers().toString();
    }

    private static String mail(Attempt attempt, Moments moments) {
        moments.add(1);
        return ToyMail.seen(MAIL.run(attempt.choices()));
    }

    private static Attempt next(Strategy search) {
        return Objects.requireNonNull(search.next(), search::scope);
    }

    /** All that a search covers until it has nothing left, or until there were so many runs. */
    private static Set<String> covered(
            Supplier<Strategy> begun, Toy toy, int kills, Random random) {
        TreeSet<String> covered = new TreeSet<>();
        Strategy search = begun.get();
        List<String> written = List.of();
        ArrayDeque<Attempt> underWay = new ArrayDeque<>();
        int killsLeft = kills;
        // A kill and a position now and then, whatever the length of the search.
        int rarely = 20;
        while (!search.isExhausted()) {
            if (killsLeft > 0 && random.nextInt(rarely) == 0) {
                killsLeft--;
                rarely *= 2;
                search = begun.get();
                if (!written.isEmpty()) {
                    search.resume(written);
                }
                underWay.clear();
            }
            Attempt next = underWay.size() < 3 ? search.next() : null;
            if (next != null) {
                underWay.add(next);
            } else if (!underWay.isEmpty()) {
                if (random.nextBoolean()) {
                    underWay.add(underWay.poll());
                }
                Attempt ended = underWay.poll();
                Moments moments = new Moments();
                covered.add(toy.run(ended, moments));
                search.learn(ended, new Feedback(false, 0, moments));
            }
            if (kills > 0 && random.nextInt(rarely) == 0) {
                written = search.position();
            }
        }
        return covered;
    }

    @Property(tries = 8)
    void crashPointsAreAllTriedWhoeverIsKilled(
            @ForAll @IntRange(min = 1, max = 12) int kills, @ForAll long seed) {
        Supplier<Strategy> begun = () -> new CrashPoints(1, 2, Shard.WHOLE);
        Set<String> whole = covered(begun, ResumeProperties::store, 0, new Random(1));
        assertTrue(whole.size() > 100, whole.size() + " runs");
        assertEquals(whole, covered(begun, ResumeProperties::store, kills, new Random(seed)));
    }

    @Property(tries = 100)
    void allOrdersAreTriedWhoeverIsKilled(
            @ForAll @IntRange(min = 1, max = 12) int kills, @ForAll long seed) {
        Supplier<Strategy> begun = () -> new ExhaustiveOrders(new CalmChoices(), 100);
        Set<String> whole = covered(begun, ResumeProperties::mail, 0, new Random(1));
        assertEquals(36, whole.size());
        assertEquals(whole, covered(begun, ResumeProperties::mail, kills, new Random(seed)));
    }

    @Example
    void aKilledSearchCountsNoClassTwice() {
        ExhaustiveOrders killed = new ExhaustiveOrders(new CalmChoices(), 100);
        for (int run = 0; run < 20; run++) {
            Attempt attempt = next(killed);
            MAIL.run(attempt.choices());
            killed.learn(attempt, new Feedback(false, 0, new Moments()));
        }
        // One more is under way.
        killed.next();
        ExhaustiveOrders again = new ExhaustiveOrders(new CalmChoices(), 100);
        again.resume(killed.position());
        for (Attempt next = again.next(); next != null; next = again.next()) {
            MAIL.run(next.choices());
            again.learn(next, new Feedback(false, 0, new Moments()));
        }
        assertEquals(36, again.complete(), again.scope());
    }

    @Property(tries = 20)
    void theSharesOfAllMachinesAreTheWhole(@ForAll @IntRange(min = 2, max = 5) int machines) {
        TreeSet<String> parts = new TreeSet<>();
        long classes = 0;
        long most = 0;
        for (int i = 0; i < machines; i++) {
            Shard shard = new Shard(i, machines);
            ExhaustiveOrders search = new ExhaustiveOrders(new CalmChoices(), 100, shard);
            parts.addAll(covered(() -> search, ResumeProperties::mail, 0, new Random(1)));
            classes += search.complete();
            most = Math.max(most, search.complete());
        }
        assertEquals(36, parts.size());
        assertEquals(36, classes);
        assertTrue(most < 36, "one machine has all of them");
    }

    @Example
    void samplesThatWereUnderWayAreTakenAgain() {
        Sampling killed = new Sampling("seeds", SeededChoices::new, 1, Shard.WHOLE);
        List<Attempt> taken = List.of(next(killed), next(killed), next(killed));
        killed.learn(taken.get(0), new Feedback(false, 0, new Moments()));
        killed.learn(taken.get(2), new Feedback(false, 0, new Moments()));
        Sampling again = new Sampling("seeds", SeededChoices::new, 1, Shard.WHOLE);
        again.resume(killed.position());
        assertEquals(1, next(again).number());
        assertEquals(3, next(again).number());
    }

    @Example
    void whatHadSomethingNewIsRememberedByAGuidedSearch() {
        CoverageGuided killed = new CoverageGuided(1, Shard.WHOLE);
        TreeSet<String> kept = new TreeSet<>();
        for (int run = 0; run < 30; run++) {
            Attempt attempt = next(killed);
            Moments moments = new Moments();
            String what = store(attempt, moments);
            if (run % 3 == 0) {
                kept.add(what);
            }
            killed.learn(attempt, new Feedback(false, run % 3 == 0 ? 1 : 0, moments));
        }
        CoverageGuided again = new CoverageGuided(1, Shard.WHOLE);
        again.resume(killed.position());
        TreeSet<String> remembered = new TreeSet<>();
        for (int run = 0; run < 10; run++) {
            Attempt attempt = next(again);
            Moments moments = new Moments();
            remembered.add(store(attempt, moments));
            again.learn(attempt, new Feedback(false, 0, moments));
        }
        assertEquals(kept, remembered);
        assertEquals(killed.scope(), again.scope());
    }

    @Example
    void aRotationRemembersAllItsParts() {
        Rotation killed = Rotation.usual(1, Shard.WHOLE);
        for (int run = 0; run < 50; run++) {
            Attempt attempt = next(killed);
            Moments moments = new Moments();
            store(attempt, moments);
            killed.learn(attempt, new Feedback(false, run % 5 == 0 ? 1 : 0, moments));
        }
        Rotation again = Rotation.usual(1, Shard.WHOLE);
        again.resume(killed.position());
        assertEquals(killed.position(), again.position());
    }

    @Example
    void coverageIsReadAsItWasWritten() {
        Coverage coverage = new Coverage();
        RunFeatures run = new RunFeatures();
        run.on(new Observation.Booted(1, ToyStore.NODE, 1));
        run.on(new Observation.Ended(2, ToyStore.NODE, 1, "power loss"));
        run.on(new Observation.Claimed(3, ToyStore.NODE, 0, new Fact.Reached("two votes"), 0));
        coverage.merge(run);
        Coverage read = Coverage.read(coverage.lines());
        assertEquals(coverage.lines(), read.lines());
        assertEquals(coverage.size(), read.size());
        assertEquals(0, read.merge(run));
    }
}
