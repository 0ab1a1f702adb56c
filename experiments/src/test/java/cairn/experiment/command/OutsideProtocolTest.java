package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.ProtocolJars;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.toy.Jars;
import cairn.experiment.toy.Toy;
import cairn.experiment.toy.Toy.Ran;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What docs/testing.md says of protocols of jars. */
class OutsideProtocolTest {

    private static final String EXPERIMENT =
            """
            name: outside
            question: Is an answered request on the keeper's disk?
            protocol: mirrored
            settings: {early: off}
            application: {bank: {accounts: 64}}
            workload: {clients: 2, requests: 30, timeout: 2 ms}
            faults:
              - crash: server
                every: 2 ms on average
                heal after: 100 us
            seeds: 1..2
            expect:
              - holds: [DUR, ATOM, MONO, OUT, BOUND, TIME, LIVE, LIN]
            """;

    @TempDir private static Path jars;

    private static Path mirrored;

    @TempDir private Path folder;

    @BeforeAll
    static void makeTheJar() throws IOException {
        mirrored = Jars.mirrored(jars.resolve("mirrored.jar"));
    }

    @BeforeEach
    void writeTheExperiment() throws IOException {
        Files.writeString(folder.resolve("outside.yaml"), EXPERIMENT);
    }

    private static Catalogue with(Path jar) {
        return Shipped.catalogue().withJars(ProtocolJars.read(jar.toString(), jars));
    }

    private Ran cairn(String... words) {
        return Toy.cairn(folder, with(mirrored), words);
    }

    private Path changed(String name, String from, String to) throws IOException {
        return Jars.mirrored(jars.resolve(name), Jars.provider().replace(from, to));
    }

    @Test
    void isRunAndItsJarIsPartOfTheVersion() throws IOException {
        Ran ran = cairn("run", "outside.yaml");
        assertEquals(0, ran.code(), ran.out() + ran.err());
        String results = Files.readString(folder.resolve("results/outside/results.json"));
        assertTrue(
                results.matches(
                        "(?s).*\"version\" ?: ?\"1\\.2\\.3 with mirrored \\(jar"
                                + " [0-9a-f]{16}\\)\".*"),
                results.substring(0, 400));
        String page = Files.readString(folder.resolve("results/outside/report.html"));
        assertTrue(page.contains("1.2.3 with mirrored (jar "), page.substring(page.length() - 400));
        Ran compared = cairn("compare", "results/outside", "results/outside");
        assertEquals(0, compared.code(), compared.out() + compared.err());
    }

    @Test
    void aJournalIsNotResumedWithAnotherJar() throws IOException {
        assertEquals(0, cairn("run", "outside.yaml").code());
        Path same = Files.copy(mirrored, folder.resolve("renamed.jar"));
        Ran resumed = Toy.cairn(folder, with(same), "run", "outside.yaml", "--resume");
        assertEquals(0, resumed.code(), resumed.out() + resumed.err());
        Path other = changed("other.jar", "A keeper has", "A keeper keeps");
        Ran refused = Toy.cairn(folder, with(other), "run", "outside.yaml", "--resume");
        assertEquals(2, refused.code(), refused.out() + refused.err());
        assertTrue(
                refused.err().contains("holds trials of version 1.2.3 with mirrored (jar "),
                refused.err());
    }

    @Test
    void itsMistakeIsFoundAndReplayed() throws IOException {
        Ran found =
                cairn(
                        "explore",
                        "outside.yaml",
                        "--set",
                        "settings.early=on",
                        "--strategy",
                        "crash-points",
                        "--runs",
                        "60",
                        "--out",
                        "found");
        assertEquals(1, found.code(), found.out() + found.err());
        assertTrue(found.out().contains("NEW DUR is violated by"), found.out());
        Path story;
        try (Stream<Path> stories = Files.walk(folder.resolve("found/stories"))) {
            story =
                    stories.filter(file -> file.getFileName().toString().equals("story.answers"))
                            .filter(file -> file.toString().contains("dur"))
                            .findFirst()
                            .orElseThrow();
        }
        String answers = story.toString();
        Ran replayed =
                cairn("replay", "outside.yaml", "--set", "settings.early=on", "--answers", answers);
        assertEquals(1, replayed.code(), replayed.out() + replayed.err());
        assertTrue(replayed.out().contains("keeper"), replayed.out());
        // The mending: the keeper answers when the checkpoint is on its disk.
        Ran mended = cairn("replay", "outside.yaml", "--answers", answers);
        assertEquals(0, mended.code(), mended.out() + mended.err());
    }

    @Test
    void isListedExplainedAndBegunAsAShippedOne() throws IOException {
        Ran listed = cairn("list", "protocols");
        assertTrue(
                listed.out().contains("mirrored  A keeper has each checkpoint on its disk")
                        && listed.out().contains("on | off: whether it says so before that"),
                listed.out());
        assertTrue(cairn("help", "protocol").out().contains("mirrored"));
        assertTrue(cairn("help", "settings.early").out().contains("UNSAFE"));
        assertTrue(cairn("help", "--schema").out().contains("\"mirrored\""));
        assertTrue(cairn("--version").out().contains(" with mirrored (jar "));
        Ran begun = cairn("new", "first.yaml", "--protocol", "mirrored");
        assertEquals(0, begun.code(), begun.out() + begun.err());
        Ran checked = cairn("check", "first.yaml", "--seed", "1");
        assertEquals(0, checked.code(), checked.out() + checked.err());
    }

    @Test
    void mistakesInItsSettingsAreAnsweredWithTheirPlace() throws IOException {
        Path jar = Jars.mirrored(jars.resolve("paused.jar"), paused());
        assertEquals(
                "outside.yaml:4:19: 'early' is on or off, not 'maybe'\n",
                said(jar, "{early: maybe}"));
        assertEquals(
                "outside.yaml:4:31: 'pause': pause is at most 1 ms: 7 ms\n",
                said(jar, "{early: off, pause: 7 ms}"));
        String unknown = said(jar, "{paus: 7 ms}");
        assertTrue(
                unknown.startsWith("outside.yaml:4:12: ") && unknown.contains("'pause'"), unknown);
    }

    /** A provider whose settings have a range. */
    private static String paused() throws IOException {
        return Jars.provider()
                .replace(
                        "record Settings(boolean early) {}",
                        """
                        record Settings(boolean early, long pauseNanos) {
                            public Settings {
                                if (pauseNanos > 1_000_000) {
                                    throw new IllegalArgumentException(
                                            "pauseNanos is at most 1000000: " + pauseNanos);
                                }
                            }
                        }
                        """)
                .replace("Settings(false)", "Settings(false, 5_000)")
                .replace("Map.of(", "Map.of(\"pauseNanos\", \"how long it thinks\", ");
    }

    private String said(Path jar, String settings) throws IOException {
        Files.writeString(
                folder.resolve("outside.yaml"), EXPERIMENT.replace("{early: off}", settings));
        Ran ran = Toy.cairn(folder, with(jar), "run", "outside.yaml");
        assertEquals(2, ran.code(), ran.out() + ran.err());
        return ran.err();
    }

    @Test
    void isNoProtocolOfRealProcessesNorOfSpark() {
        Ran live = cairn("cluster", "run", "outside.yaml");
        assertEquals(2, live.code(), live.out() + live.err());
        assertEquals(
                "'mirrored' cannot be run on real processes: protocols of jars are simulated"
                        + " only\n",
                live.err());
        Ran spark = cairn("spark", "run", "outside.yaml", "--master", "local");
        assertEquals(2, spark.code(), spark.out() + spark.err());
        assertTrue(spark.err().startsWith("spark: its workers have no protocols"), spark.err());
    }

    @Test
    void whatItThrowsIsItsOwn() throws IOException {
        Path jar =
                changed(
                        "throws.jar",
                        "(_, _) -> {}",
                        "(_, _) -> { throw new IllegalStateException(\"oops\"); }");
        Ran ran = Toy.cairn(folder, with(jar), "run", "outside.yaml");
        assertEquals(1, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("THROWS") && ran.out().contains("oops"), ran.out());
        Ran explored = Toy.cairn(folder, with(jar), "explore", "outside.yaml", "--runs", "1");
        assertTrue(explored.out().contains("NEW THROWS"), explored.out() + explored.err());
    }

    @Test
    void whatItThrowsBeforeARunIsNamedAfterTheJar() throws IOException {
        String maker = "(settings, service, clients, cpu) ->";
        Path jar = changed("maker.jar", maker, maker + " 1 / (clients - clients) == 0 ? null :");
        Ran ran = Toy.cairn(folder, with(jar), "run", "outside.yaml");
        assertEquals(70, ran.code(), ran.out() + ran.err());
        assertTrue(
                ran.err().contains(jar + " is broken: ") && ran.err().contains("/ by zero"),
                ran.err());
    }

    @Test
    void aJarForAnotherCairnIsAMistakeWhereverItShows() throws IOException {
        Path cairn =
                Jars.compiled(
                        jars.resolve("another-cairn"),
                        Map.of(
                                "Epochs.java",
                                "package cairn.model; public class Epochs { public static int n;"
                                        + " }"));
        String provider =
                Jars.provider().replace("(_, _) -> {}", "(_, _) -> cairn.model.Epochs.n++");
        Path jar = Jars.mirrored(jars.resolve("another.jar"), provider, cairn);
        for (String command : List.of("run", "explore")) {
            Ran ran = Toy.cairn(folder, with(jar), command, "outside.yaml");
            assertEquals(2, ran.code(), ran.out() + ran.err());
            assertTrue(
                    ran.err()
                            .contains(
                                    "CAIRN_PROTOCOLS: "
                                            + jar
                                            + ": lacks a class, or was compiled for another version"
                                            + " of Cairn or Java: java.lang.NoClassDefFoundError:"
                                            + " cairn/model/Epochs\n"),
                    ran.err());
        }
    }

    @Test
    void theVariableOfTheEnvironmentNamesIt() throws Exception {
        assertTrue(main(mirrored.toString(), 0).contains("  mirrored  A keeper"));
        assertEquals("CAIRN_PROTOCOLS: absent.jar: there is no such file\n", main("absent.jar", 2));
    }

    /** What the command line says in a process of its own. */
    private static String main(String protocols, int code) throws Exception {
        var builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "cairn.experiment.Main",
                                "list",
                                "protocols")
                        .redirectErrorStream(true);
        builder.environment().put(ProtocolJars.VARIABLE, protocols);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        return said;
    }
}
