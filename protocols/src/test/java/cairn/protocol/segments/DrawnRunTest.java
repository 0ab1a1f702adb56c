package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Message;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.property.Verdict;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.Simulation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Drawn runs in which the protocol once did not keep its promise. */
final class DrawnRunTest {

    /**
     * Stores were not noticed with more segments than pages (39, 1593); a service took the name up
     * for a process that had been started again meanwhile (334); a lost word that a version is
     * stored was never said again once it was safe (3298); services without a voice asked for a
     * majority that needs theirs (3909).
     */
    @ParameterizedTest
    @ValueSource(longs = {39, 334, 1593, 3298, 3909})
    void theProtocolKeepsItsPromiseWhereItOnceDidNot(long seed) {
        keeps(DrawnRun.of(seed), seed);
    }

    private static <M extends Message> void keeps(Scenario<M> scenario, long seed) {
        RunResult result =
                new Simulation<>(
                                scenario,
                                new SeededChoices(seed),
                                Properties.of(scenario.application()),
                                List.of(),
                                null)
                        .run();
        for (Judgement judgement : result.judgements()) {
            assertFalse(
                    judgement.verdict() instanceof Verdict.Violated,
                    () -> judgement.property() + ": " + judgement.verdict());
        }
        assertTrue(result.finished());
    }
}
