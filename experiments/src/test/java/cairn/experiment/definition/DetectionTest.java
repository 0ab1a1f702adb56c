package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.file.UserMistake;
import cairn.fault.SeededChoices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An experiment says how long failures go unnoticed, whatever the protocol's own times are. */
final class DetectionTest {

    private static final Path TIMES =
            Path.of("../experiments/library/detection/jgroups-100ms.yaml");
    private static final double MILLI = 1e6;

    @TempDir private Path folder = Path.of("");

    private Experiment experiment(String protocol, String environment) throws IOException {
        Path file = folder.resolve("detected.yaml");
        Files.writeString(
                file,
                """
                name: detected
                question: When does another server answer?
                protocol: %s
                workload: {clients: 2, requests: 400, closed: {think: 1 ms}, timeout: 20 ms}
                bounds: {liveness: 30 s}
                faults: [{crash: primary, at: 50 ms, heal after: 2 s}]
                seeds: 1..1
                """
                                .replace("%s", protocol)
                        + environment);
        return new ExperimentReader(new ScenarioReader(Shipped.catalogue()))
                .read(file, "detected.yaml");
    }

    private double recovery(String protocol, String environment) throws IOException {
        var outcome =
                experiment(protocol, environment)
                        .variants()
                        .getFirst()
                        .subject()
                        .run(new SeededChoices(1), null);
        assertEquals(1, outcome.recovery().count(), "the primary is replaced once");
        return (double) outcome.recovery().quantileNanos(0.5) / MILLI;
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "rdma-pmem", "segments", "checkpoint-server"})
    void aFailureIsNoticedWhenTheDetectorSaysSo(String protocol) throws IOException {
        double own = recovery(protocol, "environment: {detection: own timers}");
        assertTrue(own < 150, () -> protocol + ": " + own + " ms");
        double slow = recovery(protocol, "environment: {detection: 700 ms}");
        // The second in line may be half as patient again.
        assertTrue(slow > 650 && slow < 1_250, () -> protocol + ": " + slow + " ms");
    }

    @Test
    void theTimesOfTheRealDetectorAreIncluded() throws IOException {
        Files.copy(TIMES, folder.resolve("times.yaml"));
        double recovery = recovery("rdma-pmem", "include: times.yaml");
        assertTrue(recovery > 500 && recovery < 850, () -> recovery + " ms");
    }

    @Test
    void aFailureThatIsNoticedAtOnceIsRefused() {
        UserMistake mistake =
                assertThrows(
                        UserMistake.class,
                        () -> experiment("rdma-pmem", "environment: {detection: 0 s}"));
        String said = String.valueOf(mistake.getMessage());
        assertTrue(said.contains("'detection': a failure is noticed after some time"), said);
    }
}
