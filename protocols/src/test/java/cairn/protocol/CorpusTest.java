package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Message;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Property;
import cairn.model.property.Verdict;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Each seeded bug is caught within a few seeds by a property of its row, and under the very same
 * seeds the protocol without it is accused of nothing; and no correct protocol is accused under
 * faults within its promise. {@code -Dcairn.fuzz.runs=20000} tries more of the latter.
 */
final class CorpusTest {

    private static final int MOST_RUNS = 60;
    private static final long SOUND_RUNS = Long.getLong("cairn.fuzz.runs", 60);
    private static final int MOST_SHOWN = 5;

    static Stream<SeededBug> bugs() {
        return Corpus.bugs().stream();
    }

    static Stream<SoundRuns> soundRuns() {
        return Corpus.soundRuns().stream();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void theMistakeIsCaughtAndTheSoundProtocolIsNotAccused(SeededBug bug) {
        // Judged by the properties that must see it alone: another one would end the run earlier.
        List<Property> judges = bug.caughtBy().stream().map(Properties::named).toList();
        for (long seed = 1; seed <= MOST_RUNS; seed++) {
            assertEquals("", complaint(bug.sound().apply(seed), seed), "sound, seed " + seed);
            if (run(bug.sabotaged().apply(seed), judges, seed).isViolated()) {
                return;
            }
        }
        throw new AssertionError(bug + " was not caught in " + MOST_RUNS + " runs");
    }

    @ParameterizedTest
    @MethodSource("soundRuns")
    void theProtocolKeepsItsPromiseUnderFaultsDrawnAtRandom(SoundRuns runs) {
        List<String> complaints = new ArrayList<>();
        LongStream.rangeClosed(1, SOUND_RUNS)
                .takeWhile(_ -> complaints.size() < MOST_SHOWN)
                .forEach(seed -> {
                    Scenario<?> scenario = runs.drawn().apply(seed);
                    String complaint = complaint(scenario, seed);
                    if (!complaint.isEmpty()) {
                        complaints.add("seed " + seed + ": " + complaint + "\n" + scenario);
                    }
                });
        assertTrue(complaints.isEmpty(), () -> String.join("\n", complaints));
    }

    /** What is wrong with how a run went, or nothing. */
    private static String complaint(Scenario<?> scenario, long seed) {
        RunResult result = run(scenario, Properties.of(scenario.application()), seed);
        for (Judgement judgement : result.judgements()) {
            if (judgement.verdict() instanceof Verdict.Violated(long at, String why)) {
                return judgement.property() + " at " + at + " ns: " + why;
            }
        }
        return result.finished() ? "" : "it had not finished at " + result.endNanos() + " ns";
    }

    private static <M extends Message> RunResult run(
            Scenario<M> scenario, List<Property> properties, long seed) {
        return new Simulation<>(scenario, new SeededChoices(seed), properties, List.of(), null)
                .run();
    }
}
