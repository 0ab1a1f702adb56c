package cairn.experiment.sabotage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.property.Judgement;
import cairn.protocol.rdmapmem.Sabotage;
import cairn.protocol.rdmapmem.Sabotages;
import cairn.simulator.RunResult;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Each mistake is caught within a few seeds; and under the very same faults and seeds the protocol
 * without it is not accused, so that it is the mistake that is caught and not the plan.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SabotageTest {

    private static final int MOST_RUNS = 60;

    private final List<String> table = new ArrayList<>();

    static Stream<Sabotage> sabotages() {
        return Sabotages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("sabotages")
    void theMistakeIsCaughtAndTheSoundProtocolIsNotAccused(Sabotage sabotage) {
        Exposure exposure = new Exposure(sabotage);
        List<String> caught = List.of();
        int runs = 0;
        while (caught.isEmpty() && runs < MOST_RUNS) {
            runs++;
            caught = violations(exposure.runSabotaged(runs));
            caught.retainAll(sabotage.caughtBy());
            assertEquals(List.of(), violations(exposure.runSound(runs)), "sound, seed " + runs);
        }
        table.add("%-30s %4d  %s".formatted(sabotage, runs, String.join(" ", caught)));
        assertTrue(!caught.isEmpty(), sabotage + " was not caught in " + runs + " runs");
    }

    /** The properties that were violated; may be changed. */
    private static List<String> violations(RunResult result) {
        List<String> violated = new ArrayList<>();
        for (Judgement judgement : result.judgements()) {
            if (judgement.isViolated()) {
                violated.add(judgement.property());
            }
        }
        return violated;
    }

    @AfterAll
    void printHowManyRunsItTook() {
        System.out.println("sabotage                       runs  caught by");
        table.forEach(System.out::println);
    }
}
