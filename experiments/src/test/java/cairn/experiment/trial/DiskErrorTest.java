package cairn.experiment.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.fault.SeededChoices;
import cairn.report.FaultMark;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

/** Whoever keeps its checkpoints on disks survives that they fail for a time, as it promises. */
class DiskErrorTest {

    private static final int SEEDS = 8;

    /** Disks fail while machines lose power, so that what a failed sync left is put to use. */
    private static String text(String protocol, String roles, String workload) {
        return "name: disk-error\nquestion: Does it survive?\nprotocol: "
                + protocol
                + workload
                + "\nfaults:\n  - {disk error: ["
                + roles
                + "], probability: 30 %, every: 5 ms on average, at most: 4, heal after: 3 ms}\n"
                + "  - {power loss: ["
                + roles
                + "], every: 10 ms on average, at most: 2, heal after: 1 ms}\n";
    }

    private static Outcome run(String text, long seed, List<String> timeline) {
        return new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                .read("disk-error.yaml", text)
                .variants()
                .getFirst()
                .subject()
                .run(new SeededChoices(seed), timeline::add);
    }

    private static void holds(String text, long seed) {
        Outcome outcome = run(text, seed, new ArrayList<>());
        assertEquals(
                List.of(),
                outcome.properties().stream()
                        .filter(judged -> judged.finding() == Finding.VIOLATED)
                        .map(PropertyOutcome::toString)
                        .toList(),
                "seed " + seed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local-disk | primary",
                "differential | primary",
                "object-images | primary",
                "checkpoint-server | server",
                "snapshots | storage",
                "segments | service-1, service-2, service-3"
            })
    void aServiceSurvivesIt(String protocol, String roles) {
        String workload = "\nworkload: {clients: 2, requests: 400, timeout: 10 ms}";
        for (long seed = 1; seed <= SEEDS; seed++) {
            holds(text(protocol, roles, workload), seed);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coordinated | rank-0, rank-1",
                "uncoordinated | rank-0, rank-1",
                "multilevel | rank-0, store-1",
                "dirty-pages | rank-0, rank-1",
                "message-logging | rank-0, rank-1",
                "logging | rank-0, rank-1"
            })
    void aComputationSurvivesIt(String protocol, String roles) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            holds(text(protocol, roles, ""), seed);
        }
    }

    @Test
    void afterAFailedSyncTheProcessBeginsAgainFromItsDisk() {
        List<String> timeline = new ArrayList<>();
        String always =
                """
                name: disk-error
                question: What does a failed sync lead to?
                protocol: local-disk
                workload: {clients: 2, requests: 400, timeout: 10 ms}
                faults:
                  - {disk error: primary, probability: 100 %, at: 2 ms, heal after: 3 ms}
                """;
        Outcome outcome = run(always, 1, timeline);
        assertEquals(List.of("disk error primary"), labels(outcome));
        assertTrue(
                timeline.stream().anyMatch(line -> line.contains("StoreFailed")),
                "no operation of the disk failed");
        assertTrue(
                timeline.stream().anyMatch(line -> line.contains("its disk failed")),
                "the process did not end");
        holds(always, 1);
    }

    private static List<String> labels(Outcome outcome) {
        return outcome.faults().stream().map(FaultMark::label).toList();
    }
}
