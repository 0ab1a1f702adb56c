package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is asked of machines and cannot be had is said in one line, before any process starts. */
final class ClusterCommandsTest {

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("forgets.yaml"), Toy.FORGETS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "run --hosts a,b --namespaces | --namespaces: all processes are then on this"
                        + " machine, without --hosts",
                "run --hosts a,b --disk 16MiB | --disk: all processes are then on this machine,"
                        + " without --hosts",
                "run --disk 1MiB | --disk: 4 MiB or more: '1MiB'",
                "run --disk 5 | --disk: a size needs a unit: '5' could be '5 B' or '5 KiB'",
                "soak --for soon | --for: 'soon' is not a duration, such as '5 us'",
                "soak --for 10 | --for: a duration needs a unit: '10' could be '10 us' or '10 ms'",
                "soak --for 0s | --for: '0s' is not above zero",
                "soak --for -1h | --for: '-1h' is out of range"
            })
    void mistakesAreAnsweredWithOneLine(String words, String message) {
        List<String> command = new ArrayList<>(List.of("cluster"));
        command.addAll(List.of(words.split(" ", -1)));
        command.add(2, "forgets.yaml");
        Ran ran = Toy.cairn(folder, command.toArray(String[]::new));
        assertEquals(message, ran.err().strip());
        assertEquals(2, ran.code());
    }
}
