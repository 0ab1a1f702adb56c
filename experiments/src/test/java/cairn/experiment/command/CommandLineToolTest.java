package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class CommandLineToolTest {

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("forgets.yaml"), Toy.FORGETS);
        Files.writeString(
                folder.resolve("calm.yaml"),
                Toy.FORGETS.replaceAll("(?s)faults:.*after: 100 us\n", ""));
        Files.writeString(
                folder.resolve("wrong.yaml"), Toy.FORGETS.replace("requests: 60", "request: 60"));
        Files.writeString(
                folder.resolve("expected.yaml"),
                Toy.FORGETS.replace("name: forgets", "name: expected")
                        + "expect:\n  - violated: GROWS\n");
    }

    @Test
    void aRunThatKeepsItsPropertiesExitsWithZeroAndNamesItsReport() {
        Ran ran = Toy.cairn(folder, "run", "calm.yaml", "--out", "there");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(Files.exists(folder.resolve("there/report.html")));
        assertTrue(ran.out().contains("Report: " + Path.of("there", "report.html")), ran.out());
    }

    @Test
    void aViolationExitsWithOneAndPrintsTheCommandThatReplaysItFromItsShrunkAnswers()
            throws IOException {
        Ran ran = Toy.cairn(folder, "run", "forgets.yaml");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        String answers = "results/forgets/violations/forgetful.grows.answers";
        assertTrue(
                ran.out().contains("./cairn replay forgets.yaml --answers " + answers), ran.out());

        Ran again = Toy.cairn(folder, "replay", "forgets.yaml", "--answers", answers, "--trace");
        assertEquals(1, again.code(), again.out() + again.err());
        assertTrue(again.out().contains("GROWS    violated"), again.out());
        assertTrue(again.out().contains("FAULT"), again.out());
        List<String> kept =
                Files.readAllLines(folder.resolve(answers)).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
        assertEquals(1, kept.size(), "one crash suffices: " + kept);
    }

    @Test
    void answersOfAnotherExperimentOrVersionAreToldSo() throws IOException {
        assertEquals(1, Toy.cairn(folder, "run", "forgets.yaml").code());
        Path answers = folder.resolve("results/forgets/violations/forgetful.grows.answers");
        String text = Files.readString(answers);
        String hash = Toy.experiment(Toy.FORGETS).trialsHash();
        assertTrue(
                text.contains(
                        "# format: cairn-answers/1\n# cairn: 1.2.3\n# experiment: " + hash + "\n"),
                text);
        String[] again = {"replay", "forgets.yaml", "--answers", answers.toString()};
        Ran same = Toy.cairn(folder, again);
        assertFalse(same.out().contains("was written"), same.out());
        Files.writeString(answers, text.replace("1.2.3", "1.2.2"));
        Ran other = Toy.cairn(folder, again);
        assertTrue(
                other.out().startsWith(answers + " was written by Cairn 1.2.2, this is 1.2.3\n"),
                other.out());
        again[1] = "calm.yaml";
        Files.writeString(answers, text);
        assertTrue(
                Toy.cairn(folder, again)
                        .out()
                        .startsWith(answers + " was written in experiment " + hash + ", this is "));
    }

    @Test
    void answersOfAnotherRunAreNotTakenForIts() throws IOException {
        Files.writeString(
                folder.resolve("others.answers"),
                "# variant: forgetful\n# property: GROWS\ncrash nobody #0 = 17\n");
        Ran ran = Toy.cairn(folder, "replay", "calm.yaml", "--answers", "others.answers");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(
                ran.out().contains("1 of 1 answers were not asked for: crash nobody #0 = 17"),
                ran.out());
        assertTrue(
                ran.out().contains("GROWS is not violated here, as it was when others.answers"),
                ran.out());
    }

    @Test
    void aRunThatUsesUpItsEventsIsFoundAndReplayed() throws IOException {
        Files.writeString(
                folder.resolve("few.yaml"),
                Files.readString(folder.resolve("calm.yaml")) + "limits: {most events: 100}\n");
        Ran found = Toy.cairn(folder, "explore", "few.yaml", "--runs", "1", "--out", "f");
        assertEquals(1, found.code(), found.out() + found.err());
        assertTrue(found.out().contains("STUCK is violated by forgetful"), found.out());
        Path story;
        try (Stream<Path> stories = Files.list(folder.resolve("f/stories"))) {
            story = stories.findFirst().orElseThrow().resolve("story.answers");
        }
        Ran again = Toy.cairn(folder, "replay", "few.yaml", "--answers", story.toString());
        assertEquals(1, again.code(), again.out() + again.err());
        assertTrue(again.out().contains("forgetful: after 100 events"), again.out());
        assertTrue(again.out().contains("STUCK is violated here"), again.out());
        Ran mended = Toy.cairn(folder, "replay", "calm.yaml", "--answers", story.toString());
        assertEquals(0, mended.code(), mended.out() + mended.err());
        assertTrue(mended.out().contains("STUCK is not violated by these"), mended.out());
    }

    @Test
    void aProtocolThatThrowsIsToldLikeAViolation() throws IOException {
        for (String leak : List.of("asserts", "recurs")) {
            Files.writeString(
                    folder.resolve("throws.yaml"),
                    Toy.FORGETS
                            .replace("protocol: forgetful", "protocol: careless")
                            .replace("seeds:", "settings: {leak: " + leak + "}\nseeds:"));
            Ran ran = Toy.cairn(folder, Toy.careless(), "run", "throws.yaml", "--out", leak);
            assertEquals(1, ran.code(), ran.out() + ran.err());
            assertTrue(
                    ran.out().contains("THROWS is violated by careless under seed 1"), ran.out());
            assertTrue(ran.out().contains("java.lang."), ran.out());
            assertTrue(ran.out().contains("(Careless.java:"), ran.out());
            String answers = leak + "/violations/careless.throws.answers";
            assertTrue(
                    ran.out().contains("./cairn replay throws.yaml --answers " + answers),
                    ran.out());
            assertTrue(Files.exists(folder.resolve(answers.replace(".answers", ".story.svg"))));
            for (String[] words :
                    List.of(
                            new String[] {"replay", "throws.yaml", "--answers", answers},
                            new String[] {"replay", "throws.yaml", "--seed", "1"},
                            new String[] {"replay", "throws.yaml", "--seed", "1", "--trace"},
                            new String[] {"replay", "throws.yaml", "--seed", "1", "--view"},
                            new String[] {"check", "throws.yaml", "--seed", "1"},
                            new String[] {"shrink", "throws.yaml", "--seed", "1"})) {
                Ran again = Toy.cairn(folder, Toy.careless(), words);
                assertEquals(1, again.code(), again.out() + again.err());
                assertTrue(again.out().contains("THROWS"), again.out());
                assertTrue(again.out().contains("(Careless.java:"), again.out());
            }
        }
    }

    @Test
    void wantOfMemoryIsToldInOneLineWithItsMend() throws IOException {
        Files.writeString(
                folder.resolve("hoards.yaml"),
                Toy.FORGETS
                        .replace("protocol: forgetful", "protocol: careless")
                        .replace("seeds:", "settings: {leak: hoards}\nseeds:"));
        Ran ran = Toy.cairn(folder, Toy.careless(), "run", "hoards.yaml", "--jobs", "1");
        assertEquals(70, ran.code(), ran.out() + ran.err());
        String told = ran.err().lines().toList().getLast();
        assertTrue(told.startsWith("out of memory: "), told);
        assertTrue(told.contains(" for ./cairn replay hoards.yaml --seed 1; "), told);
        assertTrue(told.contains("CAIRN_JAVA_OPTS=-Xmx"), told);
    }

    @Test
    void aRunThatUsesUpItsEventsIsToldLikeAViolation() throws IOException {
        Files.writeString(
                folder.resolve("few.yaml"),
                Files.readString(folder.resolve("calm.yaml")) + "limits: {most events: 100}\n");
        Ran ran = Toy.cairn(folder, "run", "few.yaml");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("STUCK is violated by forgetful under seed 1"), ran.out());
        Ran check = Toy.cairn(folder, "check", "few.yaml");
        assertEquals(1, check.code(), check.out() + check.err());
        assertTrue(check.out().contains("the same twice"), check.out());
        assertTrue(check.out().contains("replay it: ./cairn replay few.yaml"), check.out());
    }

    @Test
    void aPropertyThatThrowsWhenANodeClaimsIsTheToolsOwnFault() {
        Ran ran = Toy.cairn(folder, Toy.withBrokenProperty(), "run", "calm.yaml");
        assertEquals(70, ran.code(), ran.out() + ran.err());
        assertTrue(ran.err().contains("a checker's bug"), ran.err());
    }

    @Test
    void aRunIsDrawnAndOpensAtItsViolation() throws IOException {
        Ran ran = Toy.cairn(folder, "replay", "forgets.yaml", "--seed", "1", "--view");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        Path page = folder.resolve("results/forgets/trace.html");
        assertTrue(ran.out().contains("Trace: " + folder.relativize(page)), ran.out());
        String text = Files.readString(page);
        assertTrue(text.contains("\"GROWS\",\"violated\""), "the verdict");
        assertFalse(text.contains("\"violatedAt\":-1"), "the moment");
        assertTrue(text.contains("\"request 1 of client-1\""), "a thread to follow");
        assertTrue(text.matches("(?s).*\"arrows\":\\[\\d+,\\d+,.*"), "arrows");
        assertTrue(text.contains("./cairn replay forgets.yaml --seed 1 --view"), "the command");
    }

    @Test
    void theTablesOfAReportAreExportedBesideThem() {
        assertEquals(
                "nowhere: no trials.csv there; name a folder that ./cairn run wrote",
                Toy.cairn(folder, "export", "nowhere", "--parquet").err().strip());
        Toy.cairn(folder, "run", "forgets.yaml", "--out", "out");
        Ran ran = Toy.cairn(folder, "export", "out", "--parquet");
        assertEquals(0, ran.code(), ran.err());
        for (String table : List.of("trials", "summary", "differences", "latency")) {
            assertTrue(Files.exists(folder.resolve("out").resolve(table + ".parquet")), ran.out());
        }
    }

    @Test
    void twoRunsArePutSideBySideInPairsOfSeeds() throws IOException {
        Toy.cairn(folder, "run", "calm.yaml", "--out", "a");
        Toy.cairn(folder, "run", "forgets.yaml", "--out", "b");
        Ran same = Toy.cairn(folder, "compare", "a", "a");
        assertEquals(0, same.code(), same.out() + same.err());
        assertTrue(same.out().contains("No difference"), same.out());
        Ran ran = Toy.cairn(folder, "compare", "a", "b", "--out", "there");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(Files.readString(folder.resolve("there/compare.html")).contains("violated"));
        Ran none = Toy.cairn(folder, "compare", "a", "nowhere");
        assertEquals(2, none.code());
        assertEquals(
                "nowhere: no results.json there; name a folder that ./cairn run wrote",
                none.err().strip());
        assertMistake(
                "--out: calm.yaml is not a folder, nor can it be made one",
                "compare",
                "a",
                "b",
                "--out",
                "calm.yaml");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsToldInOneLine() throws IOException {
        Toy.cairn(folder, "run", "calm.yaml", "--out", "a");
        Files.createDirectory(folder.resolve("there"));
        Files.createSymbolicLink(folder.resolve("there/compare.html"), Path.of("/dev/full"));
        Ran ran = Toy.cairn(folder, "compare", "a", "a", "--out", "there");
        assertEquals(70, ran.code());
        assertEquals(
                "the disk is full; make room, or choose another folder with --out",
                ran.err().strip());
    }

    @Test
    void aViolationThatIsExpectedExitsWithZero() {
        Ran ran = Toy.cairn(folder, "run", "expected.yaml");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("as expected"), ran.out());
    }

    @Test
    void aMistakeInAFileExitsWithTwoInOneLineAndWritesNothing() throws IOException {
        Ran ran = Toy.cairn(folder, "run", "wrong.yaml");
        assertEquals(2, ran.code());
        assertEquals(
                "wrong.yaml:5:24: unknown key 'request'; did you mean 'requests'?",
                ran.err().strip());
        assertEquals("", ran.out());
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(file -> file.endsWith("results")));
        }
    }

    @Test
    void mistakesOnTheCommandLineAreAnsweredWithOneLine() {
        assertMistake("unknown command 'rnu'; did you mean 'run'?", "rnu", "forgets.yaml");
        assertMistake(
                "unknown option '--sedes'; did you mean '--seeds'?",
                "run",
                "forgets.yaml",
                "--sedes",
                "1");
        assertMistake("nowhere.yaml: there is no such file", "run", "nowhere.yaml");
        assertMistake(".: cannot be read: it is a folder", "run", ".");
        assertMistake(
                "--seeds: '1...3' are no seeds, such as '7', '1..20' or '1..5, 9'",
                "run",
                "calm.yaml",
                "--seeds",
                "1...3");
        assertMistake("Missing required parameter: 'FILE'", "run");
        assertMistake(
                "--jobs: at least one at a time and at most 1024: 0",
                "run",
                "calm.yaml",
                "--jobs",
                "0");
        assertMistake(
                "--out: calm.yaml is not a folder, nor can it be made one",
                "run",
                "calm.yaml",
                "--out",
                "calm.yaml");
        assertMistake(
                "--out: cannot write to /proc/none; name another folder",
                "run",
                "calm.yaml",
                "--out",
                "/proc/none");
        assertMistake(
                "--variant: unknown variant 'forgetfull'; did you mean 'forgetful'?",
                "replay",
                "calm.yaml",
                "--variant",
                "forgetfull");
        for (List<String> command :
                List.of(
                        List.of("replay", "calm.yaml", "--view"),
                        List.of("shrink", "forgets.yaml"),
                        List.of("explore", "calm.yaml", "--runs", "1"))) {
            var words = new ArrayList<String>(command);
            words.addAll(List.of("--seed", "1", "--out", "calm.yaml"));
            Ran ran = Toy.cairn(folder, words.toArray(String[]::new));
            assertEquals(2, ran.code(), ran.err());
            assertTrue(ran.err().startsWith("--out: "), ran.err());
        }
        assertMistake("list: unknown topic 'faulst'; did you mean 'faults'?", "list", "faulst");
        assertMistake(
                "gone.answers: cannot be read: there is no such file",
                "replay",
                "calm.yaml",
                "--answers",
                "gone.answers");
        assertMistake(
                "calm.yaml:1:1: not an answer (want 'name #count = value'): name: forgets",
                "replay",
                "calm.yaml",
                "--answers",
                "calm.yaml");
    }

    private void assertMistake(String line, String... words) {
        Ran ran = Toy.cairn(folder, words);
        assertEquals(line, ran.err().strip());
        assertEquals(2, ran.code());
        assertEquals("", ran.out());
    }

    @Test
    void whatHappensOnlyInAFullRunIsTheSameForAnyNumberOfJobs() throws IOException {
        for (String jobs : List.of("1", "4")) {
            Ran ran =
                    Toy.cairn(
                            folder,
                            "run",
                            "forgets.yaml",
                            "--seeds",
                            "1..40",
                            "--out",
                            "jobs" + jobs,
                            "--jobs",
                            jobs);
            assertEquals(1, ran.code(), ran.err());
        }
        assertEquals(contents("jobs1"), contents("jobs4"));
    }

    private List<String> contents(String name) throws IOException {
        Path root = folder.resolve(name);
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = files.filter(Files::isRegularFile).sorted().toList();
            assertTrue(found.size() >= 3, found.toString());
            return found.stream().map(file -> root.relativize(file) + ": " + hash(file)).toList();
        }
    }

    private static String hash(Path file) {
        try {
            return java.util.Arrays.hashCode(Files.readAllBytes(file)) + " in " + Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aTrialIsTheSameTwiceInLockStep() {
        Ran ran = Toy.cairn(folder, "check", "forgets.yaml", "--seed", "5");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("forgetful, seed 5: the same twice"), ran.out());
    }

    @Test
    void shrinkingLeavesTheAnswersThatMatter() {
        Ran ran = Toy.cairn(folder, "shrink", "forgets.yaml", "--seed", "1", "--out", "shrunk");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("1 of "), ran.out());
        assertTrue(Files.exists(folder.resolve("shrunk/violations/forgetful.grows.answers")));
        assertEquals(0, Toy.cairn(folder, "shrink", "calm.yaml").code());
    }

    @Test
    void whatThereIsIsListedWithSettingsAndDefaults() {
        Ran ran = Toy.cairn(folder, "list");
        assertEquals(0, ran.code(), ran.err());
        for (String part :
                List.of(
                        "forgetful  A server without checkpoints.",
                        "answer                     at-once        at-once | after-pause: when the"
                                + " answer leaves",
                        "pause                      1.5 us",
                        "loud                       on             on | off",
                        "power loss: ROLE",
                        "link cut: ROLE -> ROLE",
                        "GROWS    each answer is higher")) {
            assertTrue(ran.out().contains(part), part + " in " + ran.out());
        }
    }

    /** Where all commands are listed, each has the first of its lines alone. */
    @Test
    void whatACommandDoesIsOneSentence() {
        String help = Toy.cairn(folder, "--help").out();
        String commands = help.substring(help.indexOf("Commands:\n"), help.indexOf("A first look"));
        List<String> cut =
                Stream.of(
                                commands.substring(commands.indexOf('\n') + 1)
                                        .strip()
                                        .split("\n  (?=\\w)"))
                        .filter(command -> !command.endsWith("."))
                        .toList();
        assertEquals(List.of(), cut);
        // Nothing to copy is cut in two.
        String examples = help.substring(help.indexOf("A first look"), help.indexOf("Exit codes"));
        assertTrue(
                examples.strip().lines().skip(1).allMatch(line -> line.startsWith("  ./cairn ")),
                examples);
    }

    @Test
    void everyCommandIsExplainedBySentencesThatAreWhole() {
        for (String command : List.of("cluster", "jgroups", "spark")) {
            String help = Toy.cairn(folder, "help", command).out();
            String below = help.substring(help.indexOf("Commands:\n"), help.indexOf("\nExample"));
            for (String each :
                    below.substring(below.indexOf('\n')).strip().split("\n  (?=\\w)", -1)) {
                assertTrue(each.strip().endsWith("."), each);
                String name = each.strip().split(" ", 2)[0];
                Ran ran = Toy.cairn(folder, "help", command, name);
                assertTrue(
                        ran.out().startsWith("Usage: ./cairn " + command + " " + name), ran.out());
                assertFalse(ran.out().contains("%%"), ran.out());
            }
        }
        // These are the launcher's.
        for (String command : List.of("scoreboard", "mutation", "sound", "jepsen")) {
            assertTrue(
                    Toy.cairn(folder, "help", command).out().startsWith("./cairn " + command),
                    command);
        }
    }

    @Test
    void helpTeachesWithAnExampleAndTheVersionIsToldWhenAsked() {
        assertTrue(
                Toy.cairn(folder, "--help")
                        .out()
                        .contains("./cairn run experiments/library/quickstart.yaml"));
        assertTrue(Toy.cairn(folder, "replay", "--help").out().contains("--trace"));
        // As --set names it, though each fault has the same keys.
        assertEquals(
                Toy.cairn(folder, "help", "faults.every").out(),
                Toy.cairn(folder, "help", "faults.crash primary.every").out());
        assertEquals("cairn 1.2.3", Toy.cairn(folder, "--version").out().strip());
        assertEquals(2, Toy.cairn(folder).code());
    }
}
