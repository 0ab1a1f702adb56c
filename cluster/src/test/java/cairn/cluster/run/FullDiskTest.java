package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.application.keyvalue.KeyValue;
import cairn.application.keyvalue.KeyValueOperation;
import cairn.application.keyvalue.KeyValueSettings;
import cairn.cluster.disk.SmallDisks;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.CpuCosts;
import cairn.model.NodeId;
import cairn.model.fault.Fault;
import cairn.model.property.Bounds;
import cairn.model.property.Judgement;
import cairn.model.property.Properties;
import cairn.model.service.Workload;
import cairn.protocol.localdisk.LocalDisk;
import cairn.protocol.localdisk.LocalDiskMessage;
import cairn.protocol.localdisk.LocalDiskSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A disk that is full is a file system without space; nothing of it is left mounted. */
final class FullDiskTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long DISK_BYTES = 16L << 20;

    @TempDir private Path folder = Path.of("");
    private long written;

    private LiveSystem<LocalDiskMessage> system() {
        var service = new KeyValue(KeyValueSettings.DEFAULT);
        var workload = new Workload(1, 1, new Workload.Loop.Closed(0), 200_000_000);
        var scenario =
                new LiveScenario<LocalDiskMessage>(
                        new LocalDisk(LocalDiskSettings.DEFAULT, service, 1, CpuCosts.DEFAULT),
                        new Application.Served(service, workload),
                        FaultPlan.NONE,
                        new Bounds(64, PATIENCE.toNanos(), 1_000_000),
                        0,
                        0,
                        10_000_000);
        return new LiveSystem<>(
                scenario,
                Machines.loopback().withDisks(DISK_BYTES),
                folder,
                1,
                Properties.of(scenario.application()),
                List.of());
    }

    private OptionalLong put(SystemUnderTest.Session session, Duration patience) {
        return session.invoke(new KeyValueOperation.Put(3, ++written), patience);
    }

    /** Bytes that are free on the file system that the server's process sees. */
    private static long free() throws IOException {
        long node =
                ProcessHandle.current()
                        .descendants()
                        .filter(each -> each.info().command().orElse("").endsWith("java"))
                        .map(ProcessHandle::pid)
                        .findFirst()
                        .orElseThrow();
        Path root = Path.of("/proc", Long.toString(node), "root");
        String mounted =
                Files.readAllLines(Path.of("/proc", Long.toString(node), "mounts")).stream()
                        .map(line -> line.split(" ", -1)[1])
                        .filter(at -> at.endsWith("/n0/disk"))
                        .findFirst()
                        .orElseThrow();
        return Files.getFileStore(root.resolve(mounted.substring(1))).getUsableSpace();
    }

    @Test
    @Timeout(120)
    void aServerWhoseFileSystemIsFullGoesOnWhenThereIsSpaceAgain() throws Exception {
        SmallDisks.refusal(folder).ifPresent(reason -> assumeTrue(false, reason));
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
        try (SystemUnderTest system = system()) {
            system.start();
            SystemUnderTest.Session session = system.open(0);
            assertTrue(put(session, PATIENCE).isPresent());
            assertTrue(free() > 0);
            assertFalse(Files.exists(folder.resolve("n0/disk/all")), "only the process sees it");
            var full = new Fault.DiskFull(SERVER);
            system.inflict(full);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (put(session, MOMENT).isPresent()) {
                assertTrue(System.nanoTime() < deadline, "a full disk has no effect");
            }
            assertEquals(0, free(), "the file system is full");
            // Another process finds it full, too.
            var crash = new Fault.ProcessCrash(SERVER);
            system.inflict(crash);
            system.heal(crash);
            system.awaitAllUp();
            assertEquals(0, free());
            system.heal(full);
            assertTrue(put(session, PATIENCE).isPresent(), "it does not heal");
            assertEquals(
                    OptionalLong.of(written),
                    session.invoke(new KeyValueOperation.Get(3), PATIENCE));
            assertTrue(free() > 0);
            assertEquals(
                    List.of(),
                    system.conclude().judgements().stream().filter(Judgement::isViolated).toList());
        }
        assertEquals(mounts, Files.readAllLines(Path.of("/proc/self/mounts")));
        assertEquals(0, ProcessHandle.current().descendants().count());
    }
}
