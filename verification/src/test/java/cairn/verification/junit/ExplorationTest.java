package cairn.verification.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.protocol.Corpus;
import cairn.protocol.SoundRuns;
import cairn.verification.Unsafe;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Searches inside a test. */
final class ExplorationTest {

    @TempDir private Path folder = Path.of("");

    @Explored(runs = 40)
    void aServerThatKeepsItsPromise(Exploration exploration) {
        exploration.of(Unsafe.sound());
    }

    @Explored(runs = 10)
    void whatASearchOughtToReachIsAsked(Exploration exploration) {
        SoundRuns remus =
                Corpus.soundRuns().stream()
                        .filter(runs -> runs.toString().equals("remus"))
                        .findFirst()
                        .orElseThrow();
        for (long seed = 1; seed <= 20; seed++) {
            exploration.of(remus.drawn().apply(seed));
        }
        exploration.sometimes("an epoch without effect is taken back");
        AssertionError never =
                assertThrows(AssertionError.class, () -> exploration.sometimes("the moon is full"));
        assertTrue(String.valueOf(never.getMessage()).contains("is taken back"), "" + never);
    }

    @Test
    void whatIsFoundIsToldInTheFailureKeptAndTriedFirstTheNextTime() throws IOException {
        Map<String, String> report = new TreeMap<>();
        Exploration search = new Exploration(400, 1, Transcripts.in(folder), report::put);
        AssertionError failure =
                assertThrows(AssertionError.class, () -> search.of(Unsafe.unsafe()));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.startsWith("DUR is violated"), message);
        assertTrue(message.contains("FAULT      "), message);
        assertTrue(Files.exists(Path.of(report.getOrDefault("story", ""))), "" + report);
        try (Stream<Path> files = Files.list(folder)) {
            List<String> endings =
                    files.map(file -> file.toString().replaceAll(".*\\.", "")).sorted().toList();
            assertEquals(List.of("answers", "svg", "txt"), endings);
        }
        // Without a single new run.
        Exploration again = new Exploration(0, 1, Transcripts.in(folder), report::put);
        assertThrows(AssertionError.class, () -> again.of(Unsafe.unsafe()));
        again.of(Unsafe.sound());
    }
}
