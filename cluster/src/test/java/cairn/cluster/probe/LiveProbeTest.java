package cairn.cluster.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.cluster.run.Machines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** Each step is measured as often as it is told, by one process, however often it is asked. */
final class LiveProbeTest {

    private static final int ROUNDS = 1;
    private static final int TIMES = Measuring.TIMES_OF_A_ROUND;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(120)
    void eachStepIsMeasuredAgainByTheSameProcess() {
        try (var probe = new LiveProbe(Machines.loopback(), folder, ROUNDS)) {
            measured(probe.measure());
            List<Long> children =
                    ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
            measured(probe.measure());
            assertEquals(
                    children,
                    ProcessHandle.current().descendants().map(ProcessHandle::pid).toList());
        }
        assertEquals(0, ProcessHandle.current().descendants().count());
    }

    private static void measured(LiveProbe.Costs costs) {
        for (Quantity quantity : Quantity.values()) {
            List<Long> sample = costs.of(quantity);
            assertEquals(
                    switch (quantity) {
                        // Not where another thread than the disk's has taken up what it did before.
                        case SYNC_CORE -> sample.size();
                        case NONE -> 0;
                        case SHARED_SYNC, SHARED_NAME_SYNC -> Measuring.SERVERS * TIMES;
                        default -> TIMES;
                    },
                    sample.size(),
                    quantity.title());
            assertTrue(sample.stream().allMatch(nanos -> nanos > 0), quantity + " " + sample);
        }
        assertTrue(costs.processor() > 0, "a core worked");
        assertTrue(costs.everyNanos() > Measuring.THINK_NANOS, "it took its time");
    }
}
