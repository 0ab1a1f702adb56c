package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.cluster.disk.SmallDisks;
import cairn.experiment.Main;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ctrl-C on what runs real processes, as a terminal sends it: to all processes of the group at
 * once.
 */
final class CtrlCTest {

    private static final int INTERRUPTED = 130;
    private static final int SIGINT = 2;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    @TempDir private Path folder = Path.of("");

    private Set<String> mounts = Set.of();

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(
                folder.resolve("disk.yaml"),
                """
                name: disk
                question: What is left after Ctrl-C?
                protocol: local-disk
                workload: {clients: 2, requests: 20, closed: {think: 1 ms}, timeout: 500 ms}
                bounds: {liveness: 30 s}
                limits: {faults until: 1 s, settle: 1 ms, restart: 100 ms}
                seeds: 1..500
                """);
        mounts = mounts();
    }

    @Test
    @Timeout(120)
    void aRunOnProcessesThatIsInterruptedLeavesNothing() throws Exception {
        Process launcher = cairn("cluster", "run", "disk.yaml", "--out", "results");
        interruptWhen(launcher, "results/history/local-disk-1.txt");
        assertTrue(said().contains("cluster: interrupted in "), said());
        assertFalse(Files.exists(folder.resolve("results/report.html")), "no report of a part");
    }

    /**
     * Of a signal that is for the launcher alone, as by kill, its processes do not hear: they join
     * first.
     */
    @Test
    @Timeout(120)
    void aRunThatIsInterruptedBeforeItBeganIsNamed() throws Exception {
        Process launcher = cairn("cluster", "run", "disk.yaml", "--out", "results");
        interruptWhen(launcher, "results/nodes/local-disk-1/n0.log", "" + launcher.pid());
        assertTrue(said().contains("cluster: interrupted in local-disk, seed 1; "), said());
    }

    @Test
    @Timeout(120)
    void whatWasRunBothWaysIsToldWhenAgreeIsInterrupted() throws Exception {
        Process launcher = cairn("agree", "disk.yaml", "--no-probe", "--out", "results");
        interruptWhen(launcher, "results/nodes/local-disk-2");
        assertTrue(said().contains("agree: interrupted; runs made both ways until then: "), said());
        assertTrue(said().contains("Request latency"), said());
    }

    @Test
    @Timeout(120)
    void fileSystemsOfAFixedSizeAreGoneWithTheRunThatIsInterrupted() throws Exception {
        Path tried = Files.createDirectories(folder.resolve("tried"));
        Optional<String> refusal = SmallDisks.refusal(tried);
        Files.deleteIfExists(tried);
        refusal.ifPresent(reason -> assumeTrue(false, reason));
        Process launcher =
                cairn("cluster", "run", "disk.yaml", "--disk", "16 MiB", "--out", "results");
        interruptWhen(launcher, "results/history/local-disk-1.txt");
        assertTrue(said().contains("cluster: interrupted in "), said());
        assertFalse(loops().contains(folder.toString()), "no loop device is left");
    }

    /** The files behind loop devices, those without a name too. */
    private static String loops() throws IOException {
        StringBuilder files = new StringBuilder();
        try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
            for (Path device : devices.toList()) {
                Path file = device.resolve("loop/backing_file");
                if (Files.exists(file)) {
                    files.append(Files.readString(file));
                }
            }
        }
        return files.toString();
    }

    /** Interrupts it when a file is there, and demands that nothing is left. */
    private void interruptWhen(Process launcher, String there) throws Exception {
        interruptWhen(
                launcher, there, Files.exists(SETSID) ? "-" + launcher.pid() : "" + launcher.pid());
    }

    private void interruptWhen(Process launcher, String there, String whom) throws Exception {
        List<ProcessHandle> all = new ArrayList<>();
        try {
            while (!Files.exists(folder.resolve(there)) || launcher.descendants().count() == 0) {
                assertTrue(launcher.isAlive(), this::said);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            launcher.descendants().forEach(all::add);
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-INT", "--", whom).inheritIO().start().waitFor());
            assertEquals(INTERRUPTED, launcher.waitFor(), this::said);
        } finally {
            launcher.destroyForcibly();
        }
        for (ProcessHandle each : all) {
            // A process that was about to start when the launcher ended notices by itself.
            each.onExit().get(30, TimeUnit.SECONDS);
        }
        assertEquals(mounts, mounts());
        assertEquals(Set.of("disk.yaml", "results", "said", "tmp"), names(folder));
        assertEquals(Set.of(), names(folder.resolve("tmp")));
    }

    private Process cairn(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        if (isInterruptIgnored()) {
            command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        }
        if (Files.exists(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
    }

    /**
     * A shell that runs tests in the background has them ignore Ctrl-C, and all that they start.
     */
    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        long ignored =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                        .sum();
        return ((ignored >> (SIGINT - 1)) & 1) != 0;
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Set<String> names(Path of) throws IOException {
        try (Stream<Path> all = Files.list(of)) {
            return all.map(path -> path.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> mounts() throws IOException {
        Path table = Path.of("/proc/self/mounts");
        return Files.exists(table) ? new TreeSet<>(Files.readAllLines(table)) : Set.of();
    }
}
