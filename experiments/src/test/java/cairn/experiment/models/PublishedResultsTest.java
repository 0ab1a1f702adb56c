package cairn.experiment.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.command.CommandLineTool;
import cairn.experiment.command.Terminal;
import cairn.experiment.command.Workbench;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The shipped validation, with fewer seeds than it needs to convince. */
class PublishedResultsTest {

    @TempDir private Path folder = Path.of("");

    private int validate(StringWriter said, String seeds) {
        var print = new PrintWriter(said);
        var bench =
                new Workbench(
                        new Terminal(print, print, folder, false),
                        Shipped.catalogue(),
                        new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue())),
                        "1.2.3");
        int code = new CommandLineTool(bench).execute("validate", "--seeds", seeds);
        print.flush();
        return code;
    }

    /** Puts the experiments that are wanted where the tool looks for them, with a change. */
    private void copy(Predicate<String> wanted, String replaced, String by) throws IOException {
        Path to = Files.createDirectories(folder.resolve("experiments/validation"));
        try (Stream<Path> files = Files.list(Path.of("validation"))) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                if (wanted.test(text)) {
                    Files.writeString(to.resolve(file.getFileName()), text.replace(replaced, by));
                }
            }
        }
    }

    private static boolean isOfModel(String experiment) {
        return experiment.contains("\nmodel: ");
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("docs/validation.md"));
    }

    @Test
    void figuresOfModelsAgreeWithPublishedOnes() throws IOException {
        copy(PublishedResultsTest::isOfModel, "", "");
        var said = new StringWriter();
        assertEquals(0, validate(said, "1..100"), said.toString());
        assertTrue(page().contains("## daly-interval"), page());
        assertTrue(page().contains("15 of 15 figures agree"), page());
        assertFalse(page().contains("✗"), page());
        assertTrue(Files.size(folder.resolve("docs/images/validation/daly-interval.png")) > 1_000);
    }

    @Test
    void figuresOfProtocolsAgreeWithPublishedOnes() throws IOException {
        copy(experiment -> !isOfModel(experiment), "", "");
        // What was said of real runs stays; what was said of others is said anew.
        String real = "\n## Simulation against reality\n\nOf another machine.\n";
        Path docs = Files.createDirectories(folder.resolve("docs"));
        Files.writeString(docs.resolve("validation.md"), "# Of old ✗\n" + real);
        var said = new StringWriter();
        assertEquals(0, validate(said, "1..3"), said.toString());
        assertTrue(page().endsWith(real), page());
        assertTrue(page().contains("9 of 9 expectations met"), page());
        assertTrue(page().contains("6 of 6 figures agree, 2 of 2 other expectations met"), page());
        assertFalse(page().contains("✗"), page());
    }

    /** A change of each experiment that its figures must not survive. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A quarter of an hour more for each restart.
                "daly-interval | restart: 10 min | restart: 25 min",
                // A network that is as slow as a store.
                "redundancy-cost | store: 1 GB/s | 'store: 1 GB/s, network: 1 GB/s'",
                "redundancy-cost | RS of 8, k 4\", settings: {scheme: reed-solomon |"
                        + " RS of 8, k 4\", settings: {scheme: xor",
                "large-checkpoint | storage: 57.6 GB/s | storage: 55 GB/s",
                // Both replicas in one rack.
                "replica-loss | in rack: 1 | in rack: 2",
                "replica-loss | 'replicas: 1, window: 10 ms' | 'replicas: 1, window: 20 ms'",
                "logged-delivery | way: 10 us | way: 11 us",
                "logged-ping-pong | 'hold: 10 us' | 'hold: 11 us'",
                "shared-storage-protocol | 'ranks: 16' | 'ranks: 17'",
                "partner-bandwidth | 'copied from: disk' | 'copied from: memory'",
                // Both have to have it.
                "first-of-mirrors | 'mirrors: 2, acknowledge: durable}' | 'mirrors: 2, acknowledge:"
                        + " durable-on-all}'",
                "partner-copies | 'partner every: 1' | 'partner every: 2'",
                "output-commit | 'is: 2 ms, ' | 'is: 2.1 ms, '",
                "durable-write | 'disk: nvme-consumer' | 'disk: nvme-plp'",
                "redundancy-pairs | '2500 us' | '25 ms'",
                "domino-effect | 'is: 6, ' | 'is: 3, '",
                "pre-copy-rounds | 'bandwidth: 3.2768 Gbit/s' | 'bandwidth: 3.6 Gbit/s'",
                "copy-on-write | 'memcpy: 0.25 GB/s' | 'memcpy: 0.3 GB/s'",
                // All pages are sent again.
                "incremental-container | 'chain: periodic' | 'chain: full'",
                "two-levels | 'every: 20 ms on average' | 'every: 8 ms on average'",
                "replicas-in-parallel | 'floor: 100 us' | 'floor: 200 us'",
                // A replica counts when its disk has the version.
                "durable-replicas | 'acknowledge: received' | 'acknowledge: durable'",
                "ddio-bandwidth | 'ddio: on' | 'ddio: off'",
                "ramcloud-echo | 'packet tail: 3.1' | 'packet tail: 2'",
                "rdma-medians | 'event wait: 10 us' | 'event wait: 5 us'",
                "logged-stencil | 'row: 250 us' | 'row: 50 us'",
                "lossy-acknowledgements | 'round trip: 100 us' | 'round trip: 200 us'"
            })
    void whatIsOffIsFound(String file, String replaced, String by) throws IOException {
        isFound(file, replaced, by, "1..3");
    }

    /** A share of all trials takes more of them. */
    @Test
    void aReplicaTooFewIsFound() throws IOException {
        isFound("replicas-lost", "replicas: 3", "replicas: 1", "1..40");
    }

    private void isFound(String file, String replaced, String by, String seeds) throws IOException {
        copy(experiment -> experiment.contains("name: " + file + "\n"), replaced, by);
        var said = new StringWriter();
        assertEquals(1, validate(said, seeds), said.toString());
        assertTrue(page().contains("✗") && page().contains("Not met: "), page());
    }
}
