package cairn.experiment.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.fault.SeededChoices;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.TreeSet;

/** What a run may suffer, and what it is judged by then. */
class AdmissibleTest {

    /** Replicas acknowledge what they only hold in memory, and promise no more than that. */
    private static final String UNSAFE =
            """
            name: unsafe
            question: What is it held to?
            protocol: segments
            settings: {acknowledge: received, replicas: 1, able nodes: 1, storage nodes: 1, failure domains: 2}
            workload: {clients: 2, requests: 400, timeout: 10 ms}
            faults:
              - power loss: [primary, service-1, service-2]
                after: 20th acknowledgement
                heal after: 1 ms
            """;

    private static Outcome run(String more, long seed) {
        return new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                .read("unsafe.yaml", UNSAFE + more)
                .variants()
                .getFirst()
                .subject()
                .run(new SeededChoices(seed), null);
    }

    private static Finding finding(Outcome outcome, String property) {
        return outcome.properties().stream()
                .filter(judged -> judged.id().equals(property))
                .map(PropertyOutcome::finding)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noMoreOfAKindStrikesThanIsAdmissible() {
        assertEquals(3, run("", 1).faults().size());
        assertEquals(2, run("admissible: {power loss: 2}\n", 1).faults().size());
        assertEquals(0, run("admissible: {process crash: any}\n", 1).faults().size());
    }

    @Test
    void whatIsAdmissibleMustBeSurvivedThoughTheProtocolPromisesLess() {
        var findings = new TreeSet<Finding>();
        for (long seed = 1; seed <= 10; seed++) {
            assertNotEquals(Finding.VIOLATED, finding(run("", seed), "DUR"));
            findings.add(finding(run("admissible: {power loss: 3}\n", seed), "DUR"));
        }
        assertTrue(findings.contains(Finding.VIOLATED), findings.toString());
    }

    @Test
    void whereSafetyAloneIsJudgedNobodyHasToGoOn() {
        List<String> all = run("", 1).properties().stream().map(PropertyOutcome::id).toList();
        List<String> safety =
                run("judged: safety\n", 1).properties().stream().map(PropertyOutcome::id).toList();
        assertTrue(all.contains("LIVE"), all.toString());
        assertEquals(all.stream().filter(id -> !id.equals("LIVE")).toList(), safety);
    }

    @Test
    void whereSafetyAloneIsJudgedItIsStillJudged() {
        var findings = new TreeSet<Finding>();
        for (long seed = 1; seed <= 10; seed++) {
            findings.add(
                    finding(run("admissible: {power loss: 3}\njudged: safety\n", seed), "DUR"));
        }
        assertTrue(findings.contains(Finding.VIOLATED), findings.toString());
    }
}
