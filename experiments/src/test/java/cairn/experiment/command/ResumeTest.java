package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.Main;
import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Campaigns that are killed, and campaigns in parts: the bytes of one that ran through. */
class ResumeTest {

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("forgets.yaml"), Toy.FORGETS);
        Files.writeString(
                folder.resolve("disk.yaml"),
                """
                name: disk
                question: What remains when the process is killed?
                protocol: local-disk
                workload: {clients: 2, requests: 60}
                seeds: 1..60
                sweep: {settings.batch requests: [1, 8]}
                """);
    }

    @Test
    void aCampaignThatIsKilledAgainAndAgainEndsWithTheSameBytes() throws Exception {
        int whole = cairn("run", "disk.yaml", "--out", "whole").waitFor();
        int killed = 0;
        // Ever later, so that it is killed in the trials, and at last in the report.
        for (int lines = 20; lines <= 120; lines += 50) {
            Process child = cairn("run", "disk.yaml", "--out", "killed", "--resume");
            killed += killedAt(child, lines) ? 1 : 0;
        }
        assertTrue(killed >= 2, "killed " + killed + " times");
        int code = cairn("run", "disk.yaml", "--out", "killed", "--resume").waitFor();
        assertEquals(whole, code);
        assertEquals(contents("whole"), contents("killed"));
    }

    /** Kills a process, as kill -9 does, when its journal has so many lines. */
    private boolean killedAt(Process child, int lines) throws Exception {
        Path journal = folder.resolve("killed").resolve("trials.jsonl");
        while (child.isAlive() && lines(journal) < lines) {
            child.waitFor(5, TimeUnit.MILLISECONDS);
        }
        boolean alive = child.isAlive();
        child.destroyForcibly().waitFor();
        return alive;
    }

    private static long lines(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return 0;
        }
        int lines = 0;
        for (byte letter : Files.readAllBytes(journal)) {
            lines += letter == '\n' ? 1 : 0;
        }
        return lines;
    }

    private Process cairn(String... words) throws IOException {
        var command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "-Xmx256m",
                                        "-Djava.awt.headless=true",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Main.class.getName()),
                                Stream.of(words))
                        .toList();
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void partsPutTogetherAreTheWhole() throws IOException {
        assertEquals(1, Toy.cairn(folder, "run", "forgets.yaml", "--out", "whole").code());
        for (int part = 3; part >= 1; part--) {
            Ran ran =
                    Toy.cairn(
                            folder,
                            "run",
                            "forgets.yaml",
                            "--out",
                            "parts",
                            "--shard",
                            part + "/3");
            assertEquals(0, ran.code(), ran.err());
            assertTrue(ran.out().contains("Part " + part + " of 3: 2 trials"), ran.out());
        }
        Ran merged = Toy.cairn(folder, "merge", "parts", "--out", "merged");
        assertEquals(1, merged.code(), merged.err());
        assertEquals(contents("whole"), contents("merged"));
        assertEquals(1, Toy.cairn(folder, "merge", "parts").code());
        assertTrue(Files.exists(folder.resolve("parts/report.html")), "beside its parts");
    }

    @Test
    void aMissingPartIsNoticed() {
        Toy.cairn(folder, "run", "forgets.yaml", "--out", "parts", "--shard", "1/3");
        Ran merged = Toy.cairn(folder, "merge", "parts", "--out", "merged");
        assertTrue(merged.err().contains("4 of 6 trials are missing"), merged.err());
        assertTrue(merged.out().contains("stopped when 2 of 6 trials were finished"), merged.out());
    }

    @Test
    void moreSeedsGoOnWhereFewerEnded() throws IOException {
        Toy.cairn(folder, "run", "forgets.yaml", "--out", "more", "--seeds", "1..4");
        Ran more =
                Toy.cairn(
                        folder,
                        "run",
                        "forgets.yaml",
                        "--out",
                        "more",
                        "--seeds",
                        "1..9",
                        "--resume");
        assertEquals(1, more.code(), more.err());
        Toy.cairn(folder, "run", "forgets.yaml", "--out", "whole", "--seeds", "1..9");
        assertEquals(contents("whole"), contents("more"));
    }

    @Test
    void seedsEndWhenTheMeanIsKnownWellEnough() {
        Ran ran =
                Toy.cairn(
                        folder,
                        "run",
                        "forgets.yaml",
                        "--seeds",
                        "1..2000",
                        "--set",
                        "until={measure: request p50, within: 5 %, at least: 20}",
                        "--set",
                        "faults=[]",
                        "--jobs",
                        "1");
        assertTrue(ran.out().contains("20 trials of 1 variant"), ran.out() + ran.err());
        assertTrue(ran.out().contains("2 of 2 expectations met"), ran.out());
    }

    @Test
    void mistakesAreAnsweredWithOneLine() {
        Toy.cairn(folder, "run", "forgets.yaml", "--out", "there");
        assertMistake(
                "there/trials.jsonl: holds trials of another experiment or other settings; run"
                        + " without --resume, or name another folder with --out",
                "run",
                "forgets.yaml",
                "--out",
                "there",
                "--resume",
                "--set",
                "settings.loud=off");
        assertMistake(
                "--shard: '3/2' is no part of a whole, such as '1/8' or '8/8'",
                "run",
                "forgets.yaml",
                "--shard",
                "3/2");
        assertMistake("nowhere: there is no such folder or file", "merge", "nowhere");
        assertMistake(
                "there: holds no part of a campaign, such as 'trials.1-of-8.jsonl'",
                "merge",
                "there");
        assertMistake("forgets.yaml: is not a journal of trials", "merge", "forgets.yaml");
        assertMistake(
                "--shard: 'until' needs all trials to decide how many are enough; set the number of"
                        + " seeds instead",
                "run",
                "forgets.yaml",
                "--set",
                "until={measure: throughput, within: 5 %}",
                "--shard",
                "1/2");
    }

    private void assertMistake(String line, String... words) {
        Ran ran = Toy.cairn(folder, words);
        assertEquals(line, ran.err().strip());
        assertEquals(2, ran.code());
        assertEquals("", ran.out());
    }

    private Map<String, String> contents(String name) throws IOException {
        Path root = folder.resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .collect(
                            Collectors.toMap(
                                    file -> root.relativize(file).toString(),
                                    ResumeTest::content,
                                    (one, _) -> one,
                                    TreeMap::new));
        }
    }

    private static String content(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String name = file.toString();
            return name.endsWith(".png")
                    ? Base64.getEncoder().encodeToString(bytes)
                    : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
