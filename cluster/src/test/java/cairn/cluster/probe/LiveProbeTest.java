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

    private static final int TIMES = 4;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(120)
    void eachStepIsMeasuredAgainByTheSameProcess() {
        try (var probe = new LiveProbe(Machines.loopback(), folder, TIMES)) {
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
        for (List<Long> step :
                List.of(
                        costs.roundTrips(),
                        costs.pieces(),
                        costs.manyPieces(),
                        costs.smallPieces(),
                        costs.manySmallPieces(),
                        costs.syncsOfOne(),
                        costs.syncsOfTwo(),
                        costs.creations(),
                        costs.renames(),
                        costs.smallWrites(),
                        costs.largeWrites(),
                        costs.syncs(),
                        costs.directorySyncs(),
                        costs.persists())) {
            assertEquals(TIMES, step.size());
            assertTrue(step.stream().allMatch(nanos -> nanos > 0), step::toString);
        }
        assertTrue(costs.processor() > 0, "a core worked");
        assertTrue(costs.copyBytesPerNano() > 0, "bytes were copied");
    }
}
