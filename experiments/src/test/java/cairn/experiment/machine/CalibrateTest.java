package cairn.experiment.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class CalibrateTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void whatIsMeasuredIsACostModelThatAnExperimentCanInclude() throws IOException {
        Ran ran = Toy.cairn(folder, "calibrate", "mine.yaml", "--times", "10");
        assertEquals(0, ran.code(), ran.err());
        // Remarks stand below each other.
        List<Integer> columns =
                Files.readAllLines(folder.resolve("mine.yaml")).stream()
                        .filter(line -> !line.strip().startsWith("#") && line.contains(" # "))
                        .map(line -> line.indexOf(" # "))
                        .distinct()
                        .toList();
        assertEquals(1, columns.size(), ran.out());
        Files.writeString(folder.resolve("x.yaml"), "include: mine.yaml\n" + Toy.FORGETS);
        Ran checked = Toy.cairn(folder, "check", "x.yaml");
        assertEquals(0, checked.code(), checked.err() + ran.out());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("mine.yaml", "x.yaml"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void mistakesAreAnsweredWithOneLine() throws IOException {
        Files.writeString(folder.resolve("there.yaml"), "mine");
        assertMistake("there.yaml: is there already; name another file", "there.yaml");
        assertMistake("gone/x.yaml: cannot be written there; is the folder there?", "gone/x.yaml");
        assertMistake("--times: 10 to 1000000: 1", "x.yaml", "--times", "1");
    }

    private void assertMistake(String line, String... words) {
        Ran ran =
                Toy.cairn(
                        folder,
                        Stream.concat(Stream.of("calibrate"), Stream.of(words))
                                .toArray(String[]::new));
        assertEquals(line, ran.err().strip());
        assertEquals(2, ran.code());
        assertTrue(ran.out().isEmpty(), ran.out());
    }

    @Test
    void aSampleKnowsItsQuantiles() {
        var sample = new Sample(5, 1, 4, 2, 3);
        assertEquals(3, sample.median());
        assertEquals(1, sample.quantile(0));
        assertEquals(5, sample.quantile(0.999));
    }
}
