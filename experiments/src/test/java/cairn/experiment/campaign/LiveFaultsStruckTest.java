package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.cluster.run.Machines;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.trial.LiveTrial;
import cairn.experiment.trial.Outcome;
import cairn.model.fault.FaultTally;
import cairn.report.ExperimentResult;
import cairn.report.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** On real processes, too, a fault is tried only where something went otherwise for it. */
final class LiveFaultsStruckTest {

    /** Only neighbours send to each other, and who was killed does not stand still. */
    private static final String FILE =
            """
            name: struck
            question: Did it strike?
            protocol: restart
            settings: {retry: 50 ms}
            application: {stencil: {ranks: 3, iterations: 800, row: 400 us}}
            faults:
              - {bad link: rank-0 -> rank-1, bandwidth: 1 GB/s, at: 0 ms}
              - {link cut: rank-0 -> rank-2, at: 0 ms}
              - {crash: rank-1, at: 1 s, heal after: 1 s}
              - {pause: rank-1, at: 1_500 ms, heal after: 100 ms}
              - {crash: rank-1, at: 10 min, heal after: 1 s}
            bounds: {liveness: 30 s}
            limits: {faults until: 60 s, settle: 50 ms, restart: 100 ms}
            seeds: 1..1
            expect: [{holds: RES}]
            """;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(120)
    void whatNobodyNoticedWasNotTried() {
        Experiment experiment =
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read("struck.yaml", FILE);
        LiveTrial trial =
                experiment
                        .variants()
                        .getFirst()
                        .subject()
                        .live()
                        .orElseThrow()
                        .run(Machines.loopback(), folder, 1, _ -> {}, _ -> {});
        Outcome outcome = trial.outcome();
        var felt = new FaultTally(1, 1, 1);
        var inVain = new FaultTally(1, 1, 0);
        assertEquals(
                List.of(felt, inVain, felt, inVain, FaultTally.NONE), outcome.counts().ordered());

        ExperimentResult result =
                Results.ofTrials(
                        experiment,
                        List.of(List.of(new Trial(1, outcome))),
                        "1",
                        "x",
                        (_, _) -> "again");
        assertEquals(Finding.INCONCLUSIVE, result.finding());
        String told = result.expectations().getLast().observed();
        String vain = " 1 times in 1 trials, and nothing went otherwise for it";
        assertTrue(told.contains("rank-0 -> rank-2, at: 0 ms' struck" + vain), told);
        assertTrue(
                told.contains("'pause: rank-1, at: 1_500 ms, heal after: 100 ms' struck" + vain),
                told);
        assertTrue(told.contains("at: 10 min, heal after: 1 s' struck in none of 1 trials"), told);
        assertEquals(4, told.split("' struck", -1).length, told);
    }
}
