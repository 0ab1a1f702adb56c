package cairn.experiment.determinism;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.command.CommandLineTool;
import cairn.experiment.command.Terminal;
import cairn.experiment.command.Workbench;
import cairn.experiment.definition.ScenarioReader;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Each experiment that is shipped, with fewer requests and seeds than it needs to convince. */
final class ShippedExperimentsTest {

    private static final int REQUESTS = 50;
    private static final String SEEDS = "1..2";
    private static final List<String> REPORT =
            List.of("report.html", "trials.csv", "summary.csv", "latency.csv", "results.json");

    @TempDir private Path folder = Path.of("");

    static List<Path> library() {
        return Tried.library();
    }

    @ParameterizedTest
    @MethodSource("library")
    void itEndsWithAVerdictAndASecondRunOnTwoThreadsWritesTheSameBytes(Path file)
            throws IOException {
        String name = file.getFileName().toString();
        Files.writeString(folder.resolve(name), Tried.smaller(file, REQUESTS));
        copyWhatIsIncluded(file.resolveSibling("detection"));
        run(name, "alone", "1");
        run(name, "together", "2");
        List<String> written = files(folder.resolve("alone"));
        assertTrue(written.containsAll(REPORT), written.toString());
        assertEquals(written, files(folder.resolve("together")));
        for (String each : written) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("alone").resolve(each)),
                    Files.readAllBytes(folder.resolve("together").resolve(each)),
                    each);
        }
    }

    private void copyWhatIsIncluded(Path from) throws IOException {
        Path to = Files.createDirectories(folder.resolve("detection"));
        try (Stream<Path> parts = Files.list(from)) {
            for (Path part : parts.toList()) {
                Files.copy(part, to.resolve(part.getFileName()));
            }
        }
    }

    private void run(String file, String out, String jobs) {
        var said = new StringWriter();
        var print = new PrintWriter(said);
        Catalogue catalogue = Shipped.catalogue();
        var bench =
                new Workbench(
                        new Terminal(print, print, folder, false),
                        catalogue,
                        new ScenarioReader(catalogue),
                        "1.2.3");
        int code =
                new CommandLineTool(bench)
                        .execute("run", file, "--seeds", SEEDS, "--jobs", jobs, "--out", out);
        print.flush();
        // So few runs need not show what the experiment expects; they have to say something.
        assertTrue(code == 0 || code == 1 || code == 3, code + ": " + said);
        assertTrue(said.toString().contains("Report: "), said.toString());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            var names = new TreeSet<String>();
            all.filter(Files::isRegularFile)
                    .forEach(file -> names.add(folder.relativize(file).toString()));
            return List.copyOf(names);
        }
    }
}
