package cairn.cluster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** What is timed is done: both replicas have the segment when it counts as durable. */
final class SpeedProbeTest {

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(60)
    void bothReplicasHoldWhatWasTimed() throws Exception {
        SpeedProbe.Speeds speeds = new SpeedProbe(folder, 5).measure();
        for (int replica = 0; replica < Copying.REPLICAS; replica++) {
            Path file = folder.resolve("replicas/n" + replica + "/files/segment");
            assertEquals(1024, Files.size(file));
        }
        assertTrue(speeds.bare().least() > 0);
        assertTrue(speeds.memory().least() > 0);
    }
}
