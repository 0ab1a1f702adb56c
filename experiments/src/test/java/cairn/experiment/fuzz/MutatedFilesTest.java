package cairn.experiment.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.Library;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.UserMistake;
import cairn.experiment.models.Models;
import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;
import cairn.fault.SeededChoices;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Thousands of shipped files with mistakes: each is read, or answered with one line that names the
 * place, and nothing else is ever seen. {@code -Dcairn.fuzz.files=100000} tries more.
 */
final class MutatedFilesTest {

    private static final int FILES = Integer.getInteger("cairn.fuzz.files", 4_000);
    private static final int RUNS = Integer.getInteger("cairn.fuzz.runs.of.files", 300);
    private static final String LINE = "(mutant\\.yaml:[0-9]+:[0-9]+: )?[^\\p{Cntrl}]+";

    @TempDir private Path folder = Path.of("");

    /** What shipped files include lies beside them. */
    @BeforeEach
    void copyWhatFilesInclude() throws IOException {
        Path included = Path.of("detection", "jgroups-100ms.yaml");
        Path copy = folder.resolve(included);
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of("library").resolve(included), copy);
    }

    private Experiment read(ExperimentReader reader, String text) throws IOException {
        Path file = folder.resolve("mutant.yaml");
        Files.writeString(file, text);
        return reader.read(file, "mutant.yaml");
    }

    private static List<String> shipped() throws IOException {
        Path root = Path.of("..");
        var texts = new ArrayList<String>();
        for (Library.Entry entry :
                Stream.concat(Library.experiments(root).stream(), Library.validation(root).stream())
                        .toList()) {
            texts.add(Files.readString(root.resolve(entry.file())));
        }
        texts.add(
                """
                name: everything
                question: Which sections were not there yet?
                protocol: rdma-pmem
                settings: {batch requests: 8, heartbeat: 1 ms}
                application: {bank: {accounts: 16, hot share: 10 %}}
                environment: {model: cloud-vm, network: {link: {latency: {median: 2 us, floor: 8 us}}}, disk: {model: disk, sync: 5 ms}}
                workload: {clients: 2, requests: 50, open: {rate: 9 k/s}, timeout: 2 ms}
                faults:
                  - {bad link: primary -> pmu-1, loss: 5 %, every: 3 ms on average, shape: 0.7, at most: 2}
                  - {clock drift: backup-1, by: 50 ppm, at: 1 ms}
                bounds: {liveness: 1 s}
                limits: {settle: 2 ms, most events: 100}
                variants:
                  - {label: one, settings: {mode: append}}
                  - {label: two, environment: tengig-disk}
                sweep:
                  workload.clients: 1..8 times 2
                  zip: {settings.regions: [1, 2], settings.persist: [two-sided, native-flush]}
                  except: {workload.clients: above 4, settings.regions: 2}
                  only: [{variant: one}, {workload.clients: [1, 2]}]
                seeds: 1..5, 9
                until: {measure: request p50, within: 5 %, confidence: 90 %, at least: 3}
                expect:
                  - {violated: DUR, may be violated: [ATOM], when: {variant: one}}
                  - {measure: request p99, is: 5 us, plus or minus: 1 us}
                  - {measure: throughput, between: [1 k/s, 2 M/s], when: {workload.clients: at most 2}}
                """);
        return texts;
    }

    private static ExperimentReader reader() {
        return new ExperimentReader(
                new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue())));
    }

    @Test
    void aFileWithMistakesIsReadOrAnsweredWithOneLine() throws IOException {
        List<String> texts = shipped();
        ExperimentReader reader = reader();
        for (String text : texts) {
            read(reader, text);
        }
        int answered = 0;
        for (int seed = 0; seed < FILES; seed++) {
            String mutant = new Mutant(new Random(seed)).of(texts.get(seed % texts.size()));
            answered += isAnswered(reader, mutant, seed) ? 1 : 0;
        }
        assertTrue(answered > FILES / 3, answered + " of " + FILES + " were answered");
    }

    private boolean isAnswered(ExperimentReader reader, String mutant, int seed)
            throws IOException {
        try {
            read(reader, mutant);
            return false;
        } catch (UserMistake mistake) {
            String line = String.valueOf(mistake.getMessage());
            assertTrue(line.matches(LINE), "seed " + seed + ": " + line);
            assertTrue(
                    line.startsWith("mutant.yaml:"),
                    "seed " + seed + " names no place: " + line + "\n" + mutant);
            assertTrue(line.length() < 2_000, "seed " + seed + ": " + line);
            return true;
        } catch (RuntimeException | Error e) {
            return fail("seed " + seed + ": " + e + "\n" + mutant, e);
        }
    }

    /** What can be read can be run: whatever comes of it, the tool does not break. */
    @Test
    void aFileThatIsReadIsRunWithoutBreakingTheTool() throws IOException {
        List<String> texts = shipped();
        ExperimentReader reader = reader();
        int ran = 0;
        for (int seed = 0; ran < RUNS; seed++) {
            String mutant = new Mutant(new Random(seed)).of(texts.get(seed % texts.size()));
            Files.writeString(folder.resolve("mutant.yaml"), mutant);
            try {
                Variant first =
                        reader.read(
                                        folder.resolve("mutant.yaml"),
                                        "mutant.yaml",
                                        mutant.contains("model:")
                                                ? List.of("settings.work=1 h")
                                                : List.of(
                                                        "limits.most events=3_000",
                                                        "workload.requests=20"))
                                .variants()
                                .getFirst();
                ran++;
                first.subject().run(new SeededChoices(seed), null);
            } catch (UserMistake expected) {
                // The other tests are about these.
            } catch (RuntimeException | Error e) {
                fail("seed " + seed + ": " + e + "\n" + mutant, e);
            }
        }
    }

    @Test
    void onTheCommandLineAMistakeMeansExitCodeTwoOneLineAndNothingWritten() throws IOException {
        List<String> texts = shipped();
        ExperimentReader reader = reader();
        int tried = 0;
        for (int seed = 0; tried < 60; seed++) {
            String mutant = new Mutant(new Random(seed)).of(texts.get(seed % texts.size()));
            if (!isAnswered(reader, mutant, seed)) {
                continue;
            }
            tried++;
            Files.writeString(folder.resolve("mutant.yaml"), mutant);
            for (String command : List.of("run", "check", "replay", "shrink")) {
                assertMistake(seed, command, "mutant.yaml");
            }
        }
    }

    /** Words that belong to no command, in no order. */
    @Test
    void anyWordsAreAnsweredWithOneLine() throws IOException {
        List<String> words =
                List.of(
                        "run",
                        "check",
                        "replay",
                        "shrink",
                        "merge",
                        "new",
                        "--set",
                        "--seeds",
                        "--seed",
                        "--jobs",
                        "--out",
                        "--shard",
                        "--resume",
                        "--answers",
                        "--runs",
                        "--variant",
                        "--protocol",
                        "x=1",
                        "settings.persist=",
                        "=",
                        "1..",
                        "0",
                        "-1",
                        "1/0",
                        "none.yaml",
                        "",
                        "--",
                        "-x",
                        "a b",
                        "[",
                        "settings.x=[");
        Files.writeString(folder.resolve("there"), "a file");
        var random = new Random(1);
        for (int i = 0; i < 800; i++) {
            var line = new ArrayList<String>();
            line.add(words.get(random.nextInt(6)));
            int more = random.nextInt(4);
            for (int j = 0; j < more; j++) {
                line.add(words.get(random.nextInt(words.size())));
            }
            // Nothing here names a file that is there, so nothing can be done.
            if (!line.getFirst().equals("new")) {
                assertMistake(i, line.toArray(String[]::new));
            }
        }
    }

    private void assertMistake(int seed, String... words) throws IOException {
        Ran ran = Toy.cairn(folder, Shipped.catalogue(), words);
        String what = "seed " + seed + ": " + String.join(" ", words) + ": " + ran.err();
        assertEquals(2, ran.code(), what);
        assertEquals("", ran.out(), what);
        assertEquals(1, ran.err().strip().lines().count(), what);
        assertFalse(ran.err().contains("Exception"), what);
        try (Stream<Path> files = Files.list(folder)) {
            List<String> left = files.map(file -> file.getFileName().toString()).toList();
            assertTrue(List.of("mutant.yaml", "there", "detection").containsAll(left), what + left);
        }
    }
}
