package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.OrderedFault;
import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choices;
import cairn.report.Expectation;
import cairn.report.ExperimentResult;
import cairn.report.Finding;
import cairn.report.Summary;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

class FaultsStruckTest {

    private static final String DISK =
            """
            name: struck
            question: Did it strike?
            protocol: local-disk
            workload: {clients: 2, requests: 200}
            seeds: 1..3
            expect: [{holds: DUR}]
            faults:
              - {crash: primary, at: 3 ms, heal after: 1 ms}
            """;

    private static final String PERSISTENT_MEMORY =
            """
            name: struck
            question: Did it strike?
            protocol: rdma-pmem
            workload: {clients: 2, requests: 200}
            seeds: 1..3
            expect: [{holds: DUR}]
            settings: {mirrors: 2}
            faults:
              - {crash: primary, at: 3 ms, heal after: 1 ms}
            """;

    @TempDir private Path folder = Path.of("");

    private ExperimentResult result(String text) {
        return Scripted.result(
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read("struck.yaml", text),
                folder);
    }

    private static void assertInconclusive(ExperimentResult result, String why) {
        assertEquals(Finding.INCONCLUSIVE, result.finding(), Summary.text(result));
        assertTrue(result.expectations().getLast().observed().endsWith(why), said(result));
    }

    private static String summary(ExperimentResult result) {
        return Summary.text(result).replace('\n', ' ');
    }

    private static String said(ExperimentResult result) {
        return result.expectations().stream().map(Expectation::observed).toList().toString();
    }

    @Test
    void faultsThatAllStrikeNeedNoWord() {
        ExperimentResult result = result(DISK);
        assertEquals(Finding.HOLDS, result.finding(), Summary.text(result));
        assertEquals(1, result.expectations().size());
        assertEquals(3, result.variants().getFirst().trialsWith(0));
    }

    @Test
    void aFaultAfterTheEndOfAllRunsIsNamed() {
        ExperimentResult result =
                result(DISK + "  - {power loss: primary, at: 9 s, heal after: 1 ms}\n");
        assertInconclusive(result, "at the most");
        assertTrue(
                said(result)
                        .contains(
                                "'power loss: primary, at: 9 s, heal after: 1 ms' struck in none"
                                        + " of 3 trials: its time had not come"),
                said(result));
        assertTrue(summary(result).contains("1 ordered fault never struck"));
        assertEquals(1, result.variants().getFirst().trials().getFirst().counts().vainFaults());
    }

    @Test
    void aMomentThatNeverComesIsNamed() {
        assertInconclusive(
                result(DISK + "  - {crash: primary, after: 7th boot of primary}\n"), "at the most");
    }

    @Test
    void whatIsNotAdmissibleIsNamed() {
        assertInconclusive(
                result(
                        DISK
                                + "  - {pause: primary, at: 5 ms, heal after: 1 ms}\n"
                                + "admissible: {process crash: any}\n"),
                "it is not admissible");
    }

    @Test
    void whatIsNeverUsedIsNotTriedByAFaultThere() {
        // Nobody in this protocol reads a clock: setting it changes nothing.
        assertInconclusive(
                result(DISK + "  - {clock jump: primary, by: 5 ms, at: 1 ms}\n"),
                "3 times in 3 trials, and nothing went otherwise for it");
        // Units do not send to each other.
        assertInconclusive(
                result(
                        PERSISTENT_MEMORY
                                + "  - {link cut: pmu-1 -> pmu-2, at: 1 ms, heal after: 1 ms}\n"),
                "nothing went otherwise for it");
    }

    @Test
    void aLawThatIsRareIsToldAndNoReasonForDoubt() {
        ExperimentResult result =
                result(DISK + "  - {pause: primary, every: 6 h on average, heal after: 1 ms}\n");
        assertEquals(Finding.HOLDS, result.finding(), Summary.text(result));
        assertTrue(said(result).contains("which is rare and not tried"), said(result));
        assertTrue(summary(result).contains("1 ordered fault never struck"));
    }

    @Test
    void aLawThatShouldHaveStruckIsDoubted() {
        assertInconclusive(
                result(
                        DISK
                                + "  - {pause: primary, gaps: [1 ms, 2 ms], heal after: 1 ms}\n"
                                + "admissible: {process crash: any}\n"),
                "it is not admissible");
    }

    /** Orders a fault that never comes. */
    private record Ordering(Subject subject) implements Subject {
        @Override
        public String promise() {
            return subject.promise();
        }

        @Override
        public String faults() {
            return subject.faults();
        }

        @Override
        public List<OrderedFault> ordered() {
            return List.of(new OrderedFault("crash: it", 1, 0, Optional.empty(), 1));
        }

        @Override
        public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
            return subject.run(choices, timeline);
        }
    }

    private int expectations(Finding found) {
        Variant scripted = Scripted.variant("scripted", _ -> List.of(Scripted.found("P", found)));
        Experiment experiment =
                Scripted.experiment(
                        List.of(
                                new Variant(
                                        scripted.label(),
                                        scripted.settings(),
                                        new Ordering(scripted.subject()))),
                        5);
        return Scripted.result(experiment, folder).expectations().size();
    }

    @Test
    void trialsThatEndedAtAViolationAreNotHeldToWhatWouldHaveComeLater() {
        assertEquals(1, expectations(Finding.VIOLATED));
        assertEquals(2, expectations(Finding.HOLDS));
    }
}
