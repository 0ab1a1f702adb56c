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

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shipped validation, with fewer seeds than it needs to convince. */
class PublishedResultsTest {

    @TempDir private Path folder = Path.of("");

    private int validate(StringWriter said) {
        var print = new PrintWriter(said);
        var bench =
                new Workbench(
                        new Terminal(print, print, folder, false),
                        Shipped.catalogue(),
                        new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue())),
                        "1.2.3");
        int code = new CommandLineTool(bench).execute("validate", "--seeds", "1..40");
        print.flush();
        return code;
    }

    private void copy(String replaced, String by) throws IOException {
        Path to = Files.createDirectories(folder.resolve("experiments/validation"));
        try (Stream<Path> files = Files.list(Path.of("validation"))) {
            for (Path file : files.toList()) {
                Files.writeString(
                        to.resolve(file.getFileName()),
                        Files.readString(file).replace(replaced, by));
            }
        }
    }

    @Test
    void simulatedFiguresAgreeWithPublishedOnes() throws IOException {
        copy("", "");
        var said = new StringWriter();
        assertEquals(0, validate(said), said.toString());
        String page = Files.readString(folder.resolve("docs/validation.md"));
        assertTrue(page.contains("## daly-interval"), page);
        assertTrue(page.contains("15 of 15 figures agree"), page);
        assertFalse(page.contains("✗"), page);
        assertTrue(Files.size(folder.resolve("docs/images/validation/daly-interval.png")) > 1_000);
    }

    @Test
    void aFigureThatIsOffIsFound() throws IOException {
        // A quarter of an hour more for each restart.
        copy("restart: 10 min", "restart: 25 min");
        var said = new StringWriter();
        assertEquals(1, validate(said), said.toString());
        assertTrue(said.toString().contains("daly-interval        violated"), said.toString());
        String page = Files.readString(folder.resolve("docs/validation.md"));
        assertTrue(page.contains("✗") && page.contains("Not met: "), page);
    }
}
