package cairn.experiment.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.file.UserMistake;
import cairn.experiment.toy.Toy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a file includes, and what the command line puts in its place. */
class OverridesTest {

    private static final String FILE =
            """
            name: x
            question: What?
            include: parts/common.yaml
            protocol: forgetful
            faults:
              - {crash: server, every: 9 ms}
              - {crash: monitor, at: 1 ms}
              - {pause: server, at: 1 ms, heal after: 1 us}
            sweep: {settings.pause: [1 us, 2 us]}
            """;

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(folder.resolve("parts"));
        write(
                "parts/common.yaml",
                "include: deeper.yaml\nworkload: {clients: 2}\nsettings: {loud: off}\n");
        write("parts/deeper.yaml", "workload: {clients: 7, requests: 30}\nseeds: 1..3\n");
        write("x.yaml", FILE);
        write("self.yaml", "include: self.yaml\n");
        write("gone.yaml", "name: x\ninclude: nowhere.yaml\n");
        write("wrong.yaml", FILE.replace("common", "wrong"));
        write("parts/wrong.yaml", "workload:\n  clients: none\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private Experiment read(String name, String... overrides) {
        return new ExperimentReader(new ScenarioReader(Toy.catalogue()))
                .read(folder.resolve(name), name, List.of(overrides));
    }

    @Test
    void aFileIsLaidOverWhatItIncludes() {
        Experiment experiment = read("x.yaml");
        assertEquals(List.of(1L, 2L, 3L), experiment.seeds());
        assertTrue(
                experiment
                        .configuration()
                        .text()
                        .contains("workload:\n  clients: 2\n  requests: 30\n"),
                experiment.configuration().text());
    }

    @Test
    void anOverrideTakesThePlaceOfWhatTheFileSays() {
        Experiment experiment =
                read("x.yaml", "faults.crash server.every=6 h", "faults.pause=monitor", "seeds=5");
        assertEquals(
                "crash: server, every: 6 h; crash: monitor, at: 1 ms; pause: monitor, at: 1 ms,"
                        + " heal after: 1 us",
                experiment.variants().getFirst().subject().faults());
        assertEquals(List.of(5L), experiment.seeds());
        assertEquals(List.of("pause 1 us", "pause 2 us"), labels(experiment));
        assertNotEquals(read("x.yaml").configuration().hash(), experiment.configuration().hash());
        assertEquals(read("x.yaml").configuration().hash(), read("x.yaml").configuration().hash());
    }

    @Test
    void anOverrideOfASweptKeyTakesThePlaceOfItsValues() {
        assertEquals(
                List.of("pause 3 us", "pause 5 us"),
                labels(read("x.yaml", "settings.pause=[3 us, 5 us]")));
        assertEquals(List.of("pause 8 us"), labels(read("x.yaml", "settings.pause=8 us")));
    }

    /** Keys of a sweep are paths themselves, and may be given where the file has none. */
    @Test
    void anOverrideOfTheSweepSweepsAKeyMore() {
        assertEquals(
                List.of("pause 1 us, loud on", "pause 2 us, loud on"),
                labels(read("x.yaml", "sweep.settings.loud=[on]")));
        assertEquals(List.of("pause 7 us"), labels(read("x.yaml", "sweep.settings.pause=[7 us]")));
    }

    private static List<String> labels(Experiment experiment) {
        return experiment.variants().stream().map(Variant::label).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "setings.loud=on | --set setings.loud=on: unknown key 'setings'; did you mean"
                        + " 'settings'?",
                "settings.lout=on | --set settings.lout=on: unknown key 'lout'; did you mean"
                        + " 'loud'?",
                "settings.loud=5 | --set settings.loud=5: 'loud' is on or off, not '5'",
                "settings.loud | --set settings.loud: give a path and a value, such as '--set"
                        + " settings.persist=two-sided'",
                "settings.loud= | --set settings.loud=: a value is missing after '='",
                "settings..loud=on | --set settings..loud=on: 'settings..loud' is not a path, such"
                        + " as 'settings.persist'",
                "faults.crash.every=1 s | --set faults.crash.every=1 s: 'faults' has 2 items"
                        + " 'crash'; say which: crash server, crash monitor, pause server",
                "faults.clash.every=1 s | --set faults.clash.every=1 s: 'faults' has no item"
                        + " 'clash'; known are: crash server, crash monitor, pause server",
                "name.of=y | --set name.of=y: 'name' is 'x', which has nothing called 'of' below"
                        + " it",
                "settings.loud=[a | --set settings.loud=[a: this is not YAML: expected ',' or ']',"
                        + " but got <stream end>"
            })
    void aMistakeInAnOverrideIsAnsweredWithTheOverride(String override, String message) {
        assertEquals(
                message,
                assertThrows(UserMistake.class, () -> read("x.yaml", override)).getMessage());
    }

    @Test
    void aMistakeInAnIncludedFileNamesThatFile() {
        assertMistake("gone.yaml", "gone.yaml:2:10: there is no file 'nowhere.yaml' to include");
        assertMistake("self.yaml", "self.yaml:1:10: 'self.yaml' includes itself");
        assertMistake(
                "wrong.yaml",
                "parts/wrong.yaml:2:12: 'clients': 'none' is not a number, such as '20_000'");
    }

    private void assertMistake(String file, String message) {
        assertEquals(message, assertThrows(UserMistake.class, () -> read(file)).getMessage());
    }
}
