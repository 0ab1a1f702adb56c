package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whoever goes back behind an input reads it from a log, if anybody depends on it. */
final class InputLoggingTest {

    private static final int RUNS = 10;

    /** Counts inputs that were read again as they were; by chance that happens to none. */
    private static final class Rereadings implements Observer {
        private final Set<Fact> read = new HashSet<>();
        private int count;

        @Override
        public void on(Observation observation) {
            if (observation instanceof Observation.Claimed claimed
                    && claimed.fact() instanceof Fact.Read fact
                    && !read.add(fact)) {
                count++;
            }
        }
    }

    private static <M extends Message> RunResult run(
            Scenario<M> scenario, long seed, Observer observer) {
        var judges = Stream.of("INPUT", "DET", "OUT", "NOORPH").map(Properties::named).toList();
        return new Simulation<>(scenario, new SeededChoices(seed), judges, List.of(observer), null)
                .run();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void inputsAreReadAgainAsTheyWereInEachFamily(Family family) {
        int again = 0;
        int holds = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            var rereadings = new Rereadings();
            RunResult result =
                    run(LoggingRuns.reading(seed, family, Rules.SOUND), seed, rereadings);
            assertFalse(result.isViolated(), () -> "" + result.judgements());
            again += rereadings.count;
            holds += result.verdict("INPUT") instanceof Verdict.Holds ? 1 : 0;
        }
        assertTrue(again > 0, "none was read from a log");
        assertTrue(holds > 0, "nobody went back behind an input");
    }
}
