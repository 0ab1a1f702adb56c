package cairn.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Message;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import java.util.List;

/** Whole runs in tests of one protocol. */
public final class Trials {

    private Trials() {}

    /** Runs to the end; no property may be violated, and all requests must be answered. */
    public static RunResult sound(Scenario<?> scenario, long seed) {
        RunResult result = run(scenario, seed);
        for (Judgement judgement : result.judgements()) {
            if (judgement.verdict() instanceof Verdict.Violated(long at, String why)) {
                assertEquals("", judgement.property() + " at " + at + " ns: " + why);
            }
        }
        assertTrue(result.finished());
        return result;
    }

    /** Runs under the answers of a seed, judged by all properties. */
    public static <M extends Message> RunResult run(Scenario<M> scenario, long seed) {
        return new Simulation<>(
                        scenario, new SeededChoices(seed), Properties.all(), List.of(), null)
                .run();
    }

    /** Whether a property had an occasion to be violated, and was not. */
    public static boolean holds(RunResult result, String property) {
        return result.verdict(property) instanceof Verdict.Holds;
    }
}
