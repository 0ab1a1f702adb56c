package cairn.benchmark.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HoldTest {
    private static final int PROCESSES = 64;

    @ParameterizedTest
    @EnumSource(Traffic.class)
    void bothContendersDispatchTheSameEventsInTheSameOrder(Traffic traffic) {
        Hold kernel = new Hold(new KernelSimulation(PROCESSES), traffic, PROCESSES);
        Hold baseline = new Hold(new PriorityQueueSimulation(PROCESSES), traffic, PROCESSES);
        long before = 0;
        for (int i = 0; i < 20; i++) {
            long order = kernel.run(5_000);
            assertNotEquals(before, order);
            assertEquals(baseline.run(5_000), order);
            before = order;
        }
    }
}
