package cairn.simulator.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.management.ManagementFactory;
import java.util.Random;

final class KernelAllocationTest {
    private static final int PROCESSES = 64;
    private static final int TIMER = 2;
    private static final long WARM_UP = 1_000_000;
    private static final long EVENTS = 500_000;

    /** Answers each message with another, and keeps a timer that it arms and mostly cancels. */
    private static final class Busy implements LogicalProcess {
        private final Kernel kernel;
        private final long[] delays;
        private final int number;
        private int drawn;
        private long timer;

        Busy(Kernel kernel, long[] delays) {
            this.kernel = kernel;
            this.delays = delays;
            number = kernel.register(this);
            drawn = number * 97;
        }

        @Override
        public void on(int kind, long argument, @Nullable Object payload) {
            if (kind == TIMER) {
                return;
            }
            kernel.cancel(timer);
            timer = kernel.schedule(kernel.now() + 300_000, number, TIMER, 0, this);
            long delay = delays[drawn++ & (delays.length - 1)];
            kernel.schedule(kernel.now() + delay, number, kind, argument, payload);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Delays.class,
            names = {"NEAR", "CONSTANT", "EXPONENTIAL", "BURSTS", "BIMODAL"})
    void aRunThatHasReachedItsSizeAllocatesNothingPerEvent(Delays delays) {
        Kernel kernel = new Kernel();
        Random random = new Random(5);
        long[] table = new long[4_096];
        for (int i = 0; i < table.length; i++) {
            table[i] = delays.draw(random, 0);
        }
        for (int i = 0; i < PROCESSES; i++) {
            Busy busy = new Busy(kernel, table);
            for (int message = 0; message < 16; message++) {
                kernel.schedule(message, busy.number, 1, 0, busy);
            }
        }
        kernel.run(Long.MAX_VALUE, WARM_UP);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // A bucket that is fuller than any before makes an array grow, once; so the best of a few
        // stretches is what a run needs that has seen its worst.
        for (int stretch = 0; stretch < 5; stretch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            kernel.run(Long.MAX_VALUE, EVENTS);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(least < 1_000, least + " bytes were allocated for " + EVENTS + " events");
    }
}
