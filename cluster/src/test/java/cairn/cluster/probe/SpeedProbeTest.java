package cairn.cluster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;

/** What is timed is done: both replicas have the segment when it counts as durable. */
final class SpeedProbeTest {

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(60)
    void bothReplicasHoldWhatWasTimed() throws Exception {
        Map<SpeedProbe.Step, LiveProbe.Spread> speeds = new SpeedProbe(folder, 5).measure();
        for (int replica = 0; replica < Copying.REPLICAS; replica++) {
            Path file = folder.resolve("replicas/n" + replica + "/files/segment");
            assertEquals(1024, Files.size(file));
        }
        for (int echo = 1; echo <= Copying.REPLICAS; echo++) {
            assertEquals(1024, Files.size(folder.resolve("echo" + echo)));
        }
        assertEquals(EnumSet.allOf(SpeedProbe.Step.class), speeds.keySet());
        assertTrue(speeds.values().stream().allMatch(spread -> spread.least() > 0));
    }
}
