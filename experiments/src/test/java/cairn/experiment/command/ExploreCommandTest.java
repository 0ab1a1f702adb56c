package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

/** A search from the command line: what it leaves behind, and how it goes on. */
final class ExploreCommandTest {

    /** A server that takes receipt for durability, and power losses that may strike. */
    private static final String UNSAFE =
            """
            name: unsafe
            question: Is a completion as good as durable?
            protocol: rdma-pmem
            settings: {persist: completion-only}
            application: {bank: {accounts: 1024}}
            workload: {clients: 2, requests: 60, closed: {think: 20 us}, timeout: 2 ms}
            environment: {persistence domain: adr, ddio: on}
            admissible: {power loss: 2}
            faults:
              - power loss: pmu-1
                every: 5 ms on average
                at most: 2
                heal after: 500 us
            """;

    /** Few messages: their orders can be exhausted. */
    private static final String SMALL =
            """
            name: small
            question: Do all orders keep the promise?
            protocol: coordinated
            application: {stencil: {ranks: 4, rows per rank: 1, columns: 8, iterations: 4}}
            """;

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("forgets.yaml"), Toy.FORGETS);
        Files.writeString(folder.resolve("unsafe.yaml"), UNSAFE);
    }

    private List<String> stories(String findings) throws IOException {
        try (Stream<Path> stories = Files.list(folder.resolve(findings).resolve("stories"))) {
            return stories.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Ran explore(String... words) {
        return Toy.cairn(
                folder,
                Shipped.catalogue(),
                Stream.concat(Stream.of("explore"), Stream.of(words)).toArray(String[]::new));
    }

    @Test
    void aFindingIsAStoryAnswersADrawingAndATestThatFails() throws Exception {
        Ran ran =
                explore("unsafe.yaml", "--strategy", "crash-points", "--runs", "200", "--out", "f");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("NEW DUR is violated by"), ran.out());
        assertTrue(ran.out().contains("200 runs"), ran.out());
        String name = stories("f").getFirst();
        Path story = folder.resolve("f/stories").resolve(name);
        String text = Files.readString(story.resolve("story.txt"));
        assertTrue(text.contains("of pmu-a after") && text.contains("FAULT"), text);
        assertTrue(Files.readString(story.resolve("story.svg")).startsWith("<svg"), name);

        Ran replayed =
                Toy.cairn(
                        folder,
                        Shipped.catalogue(),
                        "replay",
                        "unsafe.yaml",
                        "--answers",
                        story.resolve("story.answers").toString());
        assertEquals(1, replayed.code(), replayed.out() + replayed.err());
        runsTheWrittenTest(story);
    }

    /** Compiles it, and calls its method as JUnit would. */
    private void runsTheWrittenTest(Path story) throws Exception {
        Path source;
        try (Stream<Path> files = Files.list(story)) {
            source =
                    files.filter(file -> file.toString().endsWith("Test.java"))
                            .findFirst()
                            .orElseThrow();
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-classpath",
                                System.getProperty("java.class.path"),
                                source.toString());
        assertEquals(0, code, Files.readString(source));
        String className = source.getFileName().toString().replace(".java", "");
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> test = loader.loadClass(className);
            var constructor = test.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object instance = constructor.newInstance();
            Method method = test.getDeclaredMethods()[0];
            method.setAccessible(true);
            var thrown =
                    assertThrows(InvocationTargetException.class, () -> method.invoke(instance));
            String cause = String.valueOf(thrown.getCause());
            assertTrue(cause.contains("AssertionError: DUR is violated"), cause);
        }
    }

    @Test
    void whatWasFoundBeforeAKillIsToldByTheNextSearch() throws IOException {
        Ran first = Toy.cairn(folder, "run", "forgets.yaml");
        assertEquals(1, first.code());
        Path raw = Files.createDirectories(folder.resolve("f/raw"));
        Files.copy(
                folder.resolve("results/forgets/violations/forgetful.grows.answers"),
                raw.resolve("some.answers"));
        // What a killed process was writing.
        Files.writeString(raw.resolve(".other.answers.new"), "half a li");
        Files.createDirectories(folder.resolve("f/stories/.new-123"));

        Ran ran = Toy.cairn(folder, "explore", "forgets.yaml", "--runs", "0", "--out", "f");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("NEW GROWS is violated"), ran.out());
        assertTrue(Files.notExists(raw.resolve("some.answers")));
        Ran again = Toy.cairn(folder, "explore", "forgets.yaml", "--runs", "0", "--out", "f");
        assertTrue(
                again.out().contains("GROWS is violated") && !again.out().contains("NEW"),
                again.out());
    }

    @Test
    void aSearchGoesOnWhereItWas() throws IOException {
        for (int i = 1; i <= 2; i++) {
            Toy.cairn(
                    folder,
                    "explore",
                    "forgets.yaml",
                    "--strategy",
                    "swarm",
                    "--runs",
                    "25",
                    "--shard",
                    "2/3",
                    "--out",
                    "f");
            try (Stream<Path> files = Files.list(folder.resolve("f/progress"))) {
                Path progress = files.findFirst().orElseThrow();
                assertTrue(progress.toString().endsWith("2-of-3"), progress.toString());
                assertEquals(25L * i, Long.parseLong(Files.readAllLines(progress).get(2)));
            }
        }
    }

    /** Killed as often as it takes, the search has the same classes and features in the end. */
    @Test
    void aSearchThatIsKilledCoversTheSame() throws Exception {
        Files.writeString(folder.resolve("small.yaml"), SMALL);
        List<String> words =
                List.of("explore", "small.yaml", "--strategy", "exhaustive", "--arrivals", "10");
        String inPeace = whole(words, "peace");
        assertTrue(inPeace.contains("exhausted"), inPeace);
        int kills = 0;
        for (int runs : new int[] {1, 40}) {
            kills += isKilledAfter(words, runs) ? 1 : 0;
        }
        assertTrue(kills > 0, "it was through before it could be killed");
        assertEquals(inPeace, whole(words, "killed"));
    }

    /** What a search that ends by itself says of its scope and coverage. */
    private String whole(List<String> words, String findings) {
        Ran ran =
                Toy.cairn(
                        folder,
                        Shipped.catalogue(),
                        Stream.concat(words.stream(), Stream.of("--out", findings))
                                .toArray(String[]::new));
        String features = ran.out().replaceAll("(?s).*/s, ([0-9,]+ features).*", "$1");
        return features + ran.out().lines().filter(line -> line.contains("orders of")).findFirst();
    }

    /** Kills a process that searches once it has written down that so many runs are done. */
    private boolean isKilledAfter(List<String> words, int runs) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add("cairn.experiment.Main");
        command.addAll(words);
        command.addAll(List.of("--out", "killed", "--jobs", "1"));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("killed.log").toFile())
                        .start();
        while (process.isAlive() && attempts(folder.resolve("killed/progress")) < runs) {
            Thread.onSpinWait();
        }
        boolean isKilled = process.isAlive();
        process.destroyForcibly().waitFor();
        return isKilled;
    }

    private static long attempts(Path progress) throws IOException {
        if (!Files.isDirectory(progress)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(progress)) {
            Path written =
                    files.filter(file -> !file.getFileName().toString().startsWith("."))
                            .findFirst()
                            .orElse(null);
            return written == null ? 0 : Long.parseLong(Files.readAllLines(written).get(2));
        }
    }

    @Test
    void theSharesOfAnExhaustiveSearchAreTheWhole() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), SMALL);
        List<String> words =
                List.of("explore", "small.yaml", "--strategy", "exhaustive", "--arrivals", "8");
        long classes = classes(whole(words, "whole"));
        long shared = 0;
        for (String part : List.of("1/2", "2/2")) {
            String said =
                    whole(
                            Stream.concat(words.stream(), Stream.of("--shard", part)).toList(),
                            "part-" + part.charAt(0));
            assertTrue(said.contains("exhausted"), said);
            shared += classes(said);
        }
        assertEquals(classes, shared);
        Ran merged =
                Toy.cairn(
                        folder,
                        Shipped.catalogue(),
                        Stream.concat(
                                        words.stream(),
                                        Stream.of(
                                                "--shard", "1/2", "--out", "part-1", "--merge",
                                                "part-2"))
                                .toArray(String[]::new));
        assertTrue(merged.out().contains("shard 2/2: orders of"), merged.out() + merged.err());
        assertTrue(merged.out().contains("together: "), merged.out());
        assertTrue(merged.err().contains("goes on after"), merged.err());
    }

    private static long classes(String said) {
        return Long.parseLong(said.replaceAll("(?s).* ([0-9]+) classes.*", "$1"));
    }

    @Test
    void aSearchOfAnExperimentThatChangedBeginsAgain() throws IOException {
        Files.writeString(folder.resolve("small.yaml"), SMALL);
        String[] words = {
            "explore", "small.yaml", "--strategy", "crash-points", "--runs", "5", "--out", "f"
        };
        Toy.cairn(folder, Shipped.catalogue(), words);
        Ran again = Toy.cairn(folder, Shipped.catalogue(), words);
        assertTrue(again.err().contains("goes on after 5 runs"), again.err());
        Files.writeString(
                folder.resolve("small.yaml"), SMALL.replace("iterations: 4", "iterations: 5"));
        Ran changed = Toy.cairn(folder, Shipped.catalogue(), words);
        assertTrue(changed.err().contains("has changed"), changed.err());
        assertTrue(changed.err().contains("it begins again"), changed.err());
    }

    @Test
    void findingsOfSeveralMachinesAreMerged() throws IOException {
        for (String part : List.of("1/2", "2/2")) {
            Ran ran =
                    Toy.cairn(
                            folder,
                            "explore",
                            "forgets.yaml",
                            "--runs",
                            "40",
                            "--shard",
                            part,
                            "--out",
                            "part-" + part.charAt(0));
            assertEquals(1, ran.code(), ran.out() + ran.err());
        }
        Ran merged =
                Toy.cairn(
                        folder,
                        "explore",
                        "forgets.yaml",
                        "--runs",
                        "0",
                        "--out",
                        "whole",
                        "--merge",
                        "part-1",
                        "--merge",
                        "part-2");
        assertTrue(merged.out().contains("new stories from part-2"), merged.out());
        assertTrue(stories("whole").containsAll(stories("part-1")));
        assertTrue(stories("whole").containsAll(stories("part-2")));
    }

    @Test
    void aScopeThatIsExhaustedEndsTheSearch() {
        Ran ran =
                Toy.cairn(
                        folder,
                        "explore",
                        "forgets.yaml",
                        "--strategy",
                        "exhaustive",
                        "--arrivals",
                        "3",
                        "--out",
                        "f");
        assertTrue(
                ran.out().contains("orders of the first 3 arrivals: exhausted"),
                ran.out() + ran.err());
    }

    @Test
    void aProtocolThatIsNoFunctionOfItsAnswersIsToldSo() throws IOException {
        Files.writeString(
                folder.resolve("careless.yaml"),
                Toy.FORGETS.replace(
                        "protocol: forgetful", "protocol: careless\nsettings: {leak: throws}"));
        Ran ran =
                Toy.cairn(
                        folder,
                        Toy.careless(),
                        "explore",
                        "careless.yaml",
                        "--runs",
                        "50",
                        "--jobs",
                        "1");
        assertEquals(2, ran.code(), ran.out() + ran.err());
        assertTrue(
                ran.err().contains("THROWS was violated by careless and is not when"), ran.err());
        assertTrue(ran.err().contains("./cairn check"), ran.err());
    }

    @Test
    void aMistakeIsAnsweredWithOneLine() {
        for (List<String> words :
                List.of(
                        List.of("--strategy", "swam", "did you mean 'swarm'"),
                        List.of("--shard", "3/2", "one of so many"),
                        List.of("--for", "soon", "--for"),
                        List.of("--for", "0 s", "not above zero"),
                        List.of("--merge", "nowhere", "no folder nowhere"))) {
            Ran ran = Toy.cairn(folder, "explore", "forgets.yaml", words.get(0), words.get(1));
            assertEquals(2, ran.code(), ran.out());
            assertTrue(ran.err().contains(words.get(2)), ran.err());
            assertEquals(1, ran.err().lines().count());
        }
    }

    @Test
    void aFaultThatStruckInNoRunIsNamed() throws IOException {
        String late = UNSAFE + "  - {pause: primary, at: 50 s, heal after: 1 ms}\n";
        Files.writeString(folder.resolve("late.yaml"), late);
        Ran ran = explore("late.yaml", "--strategy", "seeded", "--runs", "3", "--out", "l");
        List<String> named =
                ran.out().lines().filter(line -> line.startsWith("  inconclusive: ")).toList();
        assertEquals(1, named.size(), ran.out());
        assertTrue(
                named.getFirst()
                        .endsWith("'pause: primary, at: 50 s, heal after: 1 ms' struck in no run"),
                ran.out());
    }
}
