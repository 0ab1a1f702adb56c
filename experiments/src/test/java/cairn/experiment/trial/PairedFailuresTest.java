package cairn.experiment.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.Variant;
import cairn.fault.SeededChoices;
import cairn.report.FaultMark;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Under one seed, compared variants meet the same failures at the same times. */
class PairedFailuresTest {

    private static final String COMPARED =
            """
            name: compared
            question: Do variants share their failures?
            workload: {clients: 2, requests: 100_000}
            faults:
              - {crash: primary, every: 2 ms on average, shape: 0.7, heal after: 100 us}
            limits: {faults until: 20 ms, most events: 20_000}
            variants:
              - {label: overwrite, protocol: rdma-pmem, settings: {mode: overwrite}}
              - {label: append, protocol: rdma-pmem, settings: {mode: append, persist: two-sided}}
              - {label: cloud, protocol: rdma-pmem, environment: cloud-vm}
            """;

    @Test
    void theFirstCrashComesAtTheSameNanosecondInEveryVariant() {
        Experiment experiment =
                new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                        .read("compared.yaml", COMPARED);
        int met = 0;
        for (long seed = 1; seed <= 10; seed++) {
            var first = new ArrayList<FaultMark>();
            for (Variant variant : experiment.variants()) {
                List<FaultMark> faults =
                        variant.subject().run(new SeededChoices(seed), null).faults();
                faults.stream().findFirst().ifPresent(first::add);
            }
            if (first.size() == experiment.variants().size()) {
                met++;
                assertEquals(1, first.stream().distinct().count(), first.toString());
            }
        }
        assertTrue(met >= 5, "all variants met a crash under " + met + " seeds");
    }
}
