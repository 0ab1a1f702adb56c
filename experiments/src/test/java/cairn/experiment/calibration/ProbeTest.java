package cairn.experiment.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.Finding;

import org.junit.jupiter.api.Test;

/** The probe goes on after whatever its ends and their connection may suffer. */
class ProbeTest {

    private static final String BROKEN =
            """
            name: broken
            question: Does the probe go on?
            protocol: rdma-probe
            application: {bank: {accounts: 16, read share: 0 %}}
            workload: {clients: 1, requests: 200, timeout: 10 ms}
            faults:
              - {crash: [requester, responder], every: 2 ms on average, at most: 3, heal after: 1 ms}
              - {nic reset: [requester, responder], every: 2 ms on average, at most: 3, heal after: 1 ms}
              - {power loss: [requester, responder], every: 2 ms on average, at most: 3, heal after: 1 ms}
              - {isolation: [requester, responder], every: 2 ms on average, at most: 3, heal after: 20 ms}
              - bad link: [requester -> responder, responder -> requester]
                loss: 20 %
                duplication: 20 %
                reordering: 20 %
                every: 2 ms on average
                heal after: 5 ms
            sweep: {settings.operation: [send-echo, read, write, write-read, write-flush]}
            """;

    @Test
    void everyOperationIsDoneInTheEndWhateverFails() {
        Experiment experiment =
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read("broken.yaml", BROKEN);
        int faults = 0;
        for (Variant variant : experiment.variants()) {
            for (long seed = 1; seed <= 20; seed++) {
                Outcome outcome = variant.subject().run(new SeededChoices(seed), null);
                faults += outcome.faults().size();
                // Memory is lost with its process, so that the service may be inconsistent (LIN).
                assertEquals(
                        Finding.HOLDS,
                        outcome.properties().stream()
                                .filter(judged -> judged.id().equals("LIVE"))
                                .findFirst()
                                .orElseThrow()
                                .finding(),
                        variant.label() + " under seed " + seed);
            }
        }
        assertTrue(faults > 300, "only " + faults + " faults struck");
    }
}
