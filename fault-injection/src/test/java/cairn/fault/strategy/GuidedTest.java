package cairn.fault.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.fault.strategy.ToyStore.Outcome;
import cairn.model.Fact;
import cairn.model.Observation;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** Searches that draw or mutate faults, on a store that fails only when struck just so. */
final class GuidedTest {

    private static final int MOST_RUNS = 20_000;

    /** How many runs it takes until power fails during a recovery; the most if it never does. */
    private static int runsUntilFound(Strategy search) {
        Coverage coverage = new Coverage();
        ToyStore store = new ToyStore(20, 8, 1);
        for (int run = 1; run <= MOST_RUNS; run++) {
            Attempt attempt = search.next();
            if (attempt == null) {
                throw new AssertionError("a search that samples does not end");
            }
            RunFeatures features = new RunFeatures();
            Moments moments = new Moments();
            Attempt watched =
                    new Attempt(
                            attempt.number(),
                            attempt.choices(),
                            observation -> {
                                attempt.observer().on(observation);
                                features.on(observation);
                                if (observation instanceof Observation.Healed(long at, var _)) {
                                    features.on(new Observation.Booted(at, ToyStore.NODE, 1));
                                }
                            },
                            true);
            Outcome outcome = store.run(watched, moments);
            if (outcome.failedInRecovery()) {
                return run;
            }
            search.learn(attempt, new Feedback(false, coverage.merge(features), moments));
        }
        return MOST_RUNS;
    }

    @Test
    void guidanceFindsADoubleFaultSoonerThanChance() {
        int guided = 0;
        int random = 0;
        for (int repeat = 0; repeat < 5; repeat++) {
            guided += runsUntilFound(new CoverageGuided(1_000_000L * repeat, Shard.WHOLE));
            random +=
                    runsUntilFound(
                            new Sampling(
                                    "seeds", SeededChoices::new, 1_000_000L * repeat, Shard.WHOLE));
        }
        assertTrue(5 * guided < random, guided + " guided, " + random + " at random");
    }

    @Test
    void aSwarmTurnsWholeFeaturesOff() {
        LongFunction<String> on =
                seed -> {
                    Choices choices = new SwarmChoices(seed);
                    StringBuilder text = new StringBuilder();
                    for (int fault = 0; fault < 4; fault++) {
                        Choice gap =
                                new Choice(
                                        "fault " + fault,
                                        new Law.Occurs(new Law.Exponential(0, 1e6)),
                                        choices);
                        boolean first = gap.ask() == Law.Occurs.NEVER;
                        // On or off for the whole run.
                        assertEquals(first, gap.ask() == Law.Occurs.NEVER);
                        text.append(first ? '.' : 'x');
                    }
                    return text.toString();
                };
        TreeSet<String> subsets = new TreeSet<>();
        for (long seed = 1; seed <= 200; seed++) {
            subsets.add(on.apply(seed));
        }
        assertEquals(16, subsets.size());
    }

    @Test
    void whatASwarmAnswersTheLawAllows() {
        for (long seed = 1; seed <= 500; seed++) {
            Choices choices = new SwarmChoices(seed);
            for (Law law :
                    new Law[] {
                        new Law.Occurs(new Law.Exponential(50, 1e6)),
                        new Law.Occurs(new Law.Uniform(10, 20)),
                        new Law.Chance(0.01),
                        new Law.Chance(1),
                        new Law.Pick(7),
                        new Law.Uniform(-5, 5),
                        Law.HeavyTail.withTail(100, 50, 9)
                    }) {
                Choice choice = new Choice(law.toString(), law, choices);
                for (int i = 0; i < 20; i++) {
                    long answer = choice.ask();
                    assertTrue(law.allows(answer), () -> law + " answered " + answer);
                }
            }
        }
    }

    @Test
    void aFeatureCountsOnce() {
        Coverage coverage = new Coverage();
        RunFeatures run = new RunFeatures();
        run.on(new Observation.Booted(1, ToyStore.NODE, 1));
        run.on(new Observation.Ended(2, ToyStore.NODE, 1, "power loss"));
        int fresh = coverage.merge(run);
        assertTrue(fresh > 2, fresh + " features");
        assertEquals(fresh, coverage.size());
        assertEquals(0, coverage.merge(run));
        assertEquals(2, coverage.runsWith(Mark.FAILED_DURING_RECOVERY));
        assertEquals(0, coverage.runsWith(Mark.TOOK_OVER));
    }

    @Test
    void aPlaceThatAnAuthorNamedIsANewFeature() {
        Coverage coverage = new Coverage();
        for (String place : new String[] {"the log wraps", "the log wraps", "two votes"}) {
            RunFeatures run = new RunFeatures();
            for (int twice = 0; twice < 2; twice++) {
                run.on(new Observation.Claimed(1, ToyStore.NODE, 0, new Fact.Reached(place), 0));
            }
            boolean before = coverage.places().containsKey(place);
            assertEquals(before ? 0 : 1, coverage.merge(run), place);
        }
        assertEquals(Map.of("the log wraps", 2L, "two votes", 1L), coverage.places());
    }
}
