package cairn.experiment.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.CostModels;
import cairn.experiment.definition.Library;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.Reference;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.file.Key;
import cairn.experiment.file.YamlReader;
import cairn.experiment.file.YamlValue;
import cairn.experiment.models.Models;
import cairn.experiment.toy.Toy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The reference, and what is made of it: help, schema, starting file. */
class ReferenceTest {

    private static final Path PUBLISHED = Path.of("..", "docs", "experiment.schema.json");

    private static final List<Key> KEYS = new Reference(Shipped.catalogue(), Models.all()).keys();

    @TempDir private Path folder = Path.of("");

    @Test
    void everySectionThatTheReaderKnowsIsExplained() {
        var explained = new TreeSet<String>();
        KEYS.forEach(key -> explained.add(key.name()));
        var known =
                new TreeSet<>(
                        new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue()))
                                .sections());
        known.addAll(
                List.of(
                        "name",
                        "question",
                        "include",
                        "variants",
                        "sweep",
                        "seeds",
                        "until",
                        "expect"));
        assertEquals(known, explained);
    }

    @Test
    void everyKeySaysWhatItDecides() {
        List<String> silent =
                Entry.all(KEYS).stream()
                        .filter(entry -> entry.key().remark().isBlank())
                        .map(entry -> entry.path() + " " + entry.where())
                        .toList();
        assertEquals(List.of(), silent);
    }

    /** To publish a new one: {@code ./cairn help --schema > docs/experiment.schema.json}. */
    @Test
    void thePublishedSchemaIsTheOneOfThisCode() throws IOException {
        assertEquals(JsonSchema.of(KEYS), Files.readString(PUBLISHED));
    }

    static Stream<Path> shipped() {
        return Stream.concat(
                Library.experiments(Path.of("..")).stream()
                        .map(entry -> Path.of("..", entry.file())),
                CostModels.NAMES.stream().map(name -> Path.of("models", name + ".yaml")));
    }

    private static List<String> errors(String text) {
        YamlValue file = YamlReader.read("file", text);
        return new Schema(JsonSchema.of(KEYS)).errors(file);
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedFileIsValid(Path file) throws IOException {
        assertEquals(List.of(), errors(Files.readString(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocl: rdma-pmem",
                "protocol: rdma-pmen",
                "{protocol: rdma-pmem, settings: {persits: two-sided}}",
                "{protocol: rdma-pmem, settings: {heartbeat: 5}}",
                "{protocol: local-disk, settings: {persist: two-sided}}",
                "environment: {ddio: maybe}",
                "environment: rdma",
                "environment: {disk: {sync: 5 KiB}}",
                "faults: [{crush: primary}]",
                "workload: {clients: many}",
                "sweep: {setings.persist: [two-sided]}",
                "expect: [{hold: all}]",
                "application: {bank: {}, other: {}}",
                "name: Not A Name"
            })
    void whatTheReaderRefusesIsNotValid(String text) {
        assertFalse(errors(text).isEmpty(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: cloud-vm",
                "sweep: {settings.batch requests: 1..8 times 2, zip: [{workload.clients: [1, 2],"
                        + " environment: [cloud-vm, tengig-disk]}], except: {workload.clients: 1}}",
                "workload: {clients: 1_000, closed: {think: 1.5e2 µs}}",
                "include: [a.yaml, b.yaml]",
                "faults: {crash: [primary, backup-1], every: 6 h on average, shape: 0.7}",
                "environment: {network: {link: {latency: {median: 2 us, floor: 8 us}}}}",
                "environment: {disk: {sync: {measured: [1 ms, 2 ms]}, directory sync: 3 ms}}"
            })
    void whatTheReaderAllowsIsValid(String text) {
        assertEquals(List.of(), errors(text));
    }

    /** What makes a run of a starting file a short one. */
    private static String shortened(String text, int requests) {
        return text.contains("\nworkload:")
                ? "workload.requests=" + requests
                : "bounds.retained sets=64";
    }

    static List<String> protocols() {
        return Shipped.catalogue().protocolNames();
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void aStartingFileOfEachProtocolIsValidAndRuns(String protocol) throws IOException {
        var made =
                Toy.cairn(folder, Shipped.catalogue(), "new", "first.yaml", "--protocol", protocol);
        assertEquals(0, made.code(), made.err());
        String text = Files.readString(folder.resolve("first.yaml"));
        assertEquals(List.of(), errors(text));
        // Each line that is commented out has its default and may stand there.
        int sweep = text.indexOf("#sweep:");
        String changed =
                text.substring(0, sweep).replaceAll("(?m)^#(?!  open:)( +[a-z ]+: )", "$1")
                        + text.substring(sweep);
        assertEquals(List.of(), errors(changed), changed);
        Files.writeString(folder.resolve("second.yaml"), changed);
        var checked =
                Toy.cairn(
                        folder,
                        Shipped.catalogue(),
                        "check",
                        "second.yaml",
                        "--set",
                        shortened(text, 5));
        assertEquals(0, checked.code(), checked.err());
        var ran =
                Toy.cairn(
                        folder,
                        Shipped.catalogue(),
                        "run",
                        "first.yaml",
                        "--seeds",
                        "1..2",
                        "--set",
                        shortened(text, 200));
        assertTrue(ran.code() == 0 || ran.code() == 3, ran.out() + ran.err());
        assertTrue(Files.exists(folder.resolve("results/first/report.html")));
    }

    @Test
    void helpExplainsNestedKeysAndSuggestsNearMisses() {
        var persist = Toy.cairn(folder, Shipped.catalogue(), "help", "settings.persist").out();
        assertTrue(persist.contains("native-flush | read-after-write | two-sided"), persist);
        assertTrue(persist.contains("default: native-flush"), persist);
        var disk = Toy.cairn(folder, Shipped.catalogue(), "help", "environment.disk.sync").out();
        assertTrue(disk.contains("default: 16.225 us"), disk);
        var healAfter = Toy.cairn(folder, Shipped.catalogue(), "help", "heal", "after").out();
        assertTrue(healAfter.contains("faults.heal after"), healAfter);
        assertTrue(Toy.cairn(folder, "help", "replay").out().contains("--answers"));
        var wrong = Toy.cairn(folder, Shipped.catalogue(), "help", "heartbeta");
        assertEquals(
                "help: unknown key 'heartbeta'; did you mean 'heartbeat'?", wrong.err().strip());
        assertEquals(2, wrong.code());
    }

    @Test
    void aStartingFileIsNotWrittenOverAnother() throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "mine");
        var ran = Toy.cairn(folder, "new", "mine.yaml");
        assertEquals("mine.yaml: is there already; name another file", ran.err().strip());
        assertEquals(2, ran.code());
        assertEquals("mine", Files.readString(folder.resolve("mine.yaml")));
        assertEquals(2, Toy.cairn(folder, "new", "My File.yaml").code());
        assertEquals(2, Toy.cairn(folder, "new", "gone/x.yaml").code());
    }
}
