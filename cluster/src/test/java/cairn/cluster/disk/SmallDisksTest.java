package cairn.cluster.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class SmallDisksTest {

    private static final long BYTES = 8L << 20;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(60)
    void oneInMemoryHasItsSizeAndIsSeenByNobodyElse() throws Exception {
        SmallDisks.refusal(folder).ifPresent(reason -> assumeTrue(false, reason));
        List<String> mounts = Files.readAllLines(Path.of("/proc/self/mounts"));
        Path at = folder.resolve("disk");
        try (SmallDisks disks = SmallDisks.inMemory()) {
            disks.add(0, at, BYTES);
            assertEquals("tmpfs", said(disks, "stat -f -c %T " + at));
            // All that fits, and not more.
            assertEquals("full", said(disks, "cat /dev/zero > " + at + "/all || echo full"));
            assertEquals(Long.toString(BYTES), said(disks, "stat -c %s " + at + "/all"));
            assertFalse(Files.exists(at.resolve("all")), "only processes of the place see it");
            assertEquals(mounts, Files.readAllLines(Path.of("/proc/self/mounts")));
        }
        assertTrue(Files.isDirectory(at));
        assertFalse(Files.exists(folder.resolve("disk.image")), "no image was made");
    }

    /** What a shell says that sees the disk of place 0. */
    private static String said(SmallDisks disks, String command) throws Exception {
        List<String> words = new ArrayList<>(disks.words(0));
        words.addAll(List.of("sh", "-c", command));
        Process shell =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        byte[] out = shell.getInputStream().readAllBytes();
        shell.waitFor();
        return new String(out, StandardCharsets.UTF_8).strip();
    }
}
