package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.cluster.disk.SmallDisks;
import cairn.model.NodeId;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk that is full is a file system without space; nothing of it is left mounted. */
final class FullDiskTest {

    private static final NodeId SERVER = new NodeId(0);
    private static final long DISK_BYTES = 16L << 20;

    @TempDir private Path folder = Path.of("");

    private SystemUnderTest system() {
        return Stands.onItsDisk(Machines.loopback().withDisks(DISK_BYTES), folder);
    }

    /** Bytes that are free on the file system that the server's process sees. */
    private static long free() throws IOException {
        List<Path> disks =
                ProcessHandle.current()
                        .descendants()
                        .map(process -> Path.of("/proc", Long.toString(process.pid())))
                        .flatMap(process -> disk(process).stream())
                        .toList();
        // The process that was killed may be still there, without its mounts.
        return Files.getFileStore(disks.getFirst()).getUsableSpace();
    }

    /** Taking all space takes its time, and an answer may be late because of it. */
    private static void awaitFull() throws Exception {
        long deadline = System.nanoTime() + Stands.PATIENCE.toNanos();
        while (free() > 0) {
            assertTrue(System.nanoTime() < deadline, "the file system does not become full");
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Where a process has the server's file system, seen from here. */
    private static Optional<Path> disk(Path process) {
        try {
            return Files.readAllLines(process.resolve("mounts")).stream()
                    .map(line -> line.split(" ", -1)[1])
                    .filter(at -> at.endsWith("/n0/disk"))
                    .findFirst()
                    .map(at -> process.resolve("root").resolve(at.substring(1)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Test
    @Timeout(120)
    void aServerWhoseFileSystemIsFullGoesOnWhenThereIsSpaceAgain() throws Exception {
        SmallDisks.refusal(folder).ifPresent(reason -> assumeTrue(false, reason));
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
        try (SystemUnderTest system = system()) {
            system.start();
            var key = new OneKey(system.open(0));
            key.isAnswered("all is well");
            assertTrue(free() > 0);
            assertFalse(Files.exists(folder.resolve("n0/disk/all")), "only the process sees it");
            var full = new Fault.DiskFull(SERVER);
            system.inflict(full);
            key.fallsSilent(full);
            awaitFull();
            // Another process finds it full, too.
            var crash = new Fault.ProcessCrash(SERVER);
            system.inflict(crash);
            system.heal(crash);
            system.awaitAllUp();
            awaitFull();
            system.heal(full);
            key.isKept("there is space again");
            // It is healed while there is no process that could give the space back.
            system.inflict(full);
            key.fallsSilent(full);
            system.inflict(crash);
            system.heal(full);
            system.heal(crash);
            key.isKept("another process finds space");
            assertTrue(free() > 0);
            OneKey.concludeSoundly(system);
        }
        assertEquals(mounts, Files.readAllLines(Path.of("/proc/self/mounts")));
        assertEquals(0, ProcessHandle.current().descendants().count());
    }
}
