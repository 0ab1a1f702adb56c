package cairn.simulator.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The kernel and the reference, given the same calls and compared after each. */
final class Lockstep {
    private final Kernel kernel = new Kernel();
    private final ReferenceKernel reference = new ReferenceKernel();
    private final List<Long> tickets = new ArrayList<>();
    private ReferenceKernel.@Nullable Happening received;
    private @Nullable Object payload;
    private final Delays delays;
    private final Random random;

    Lockstep(Delays delays, Random random) {
        this.delays = delays;
        this.random = random;
        for (int process = 0; process < 3; process++) {
            int number = process;
            int given =
                    kernel.register((kind, argument, sent) -> {
                        received =
                                new ReferenceKernel.Happening(
                                        kernel.now(), -1, number, kind, argument);
                        payload = sent;
                    });
            assertEquals(number, given);
        }
    }

    /** Cancels nearly all that is pending, wherever it waits. */
    void cancelMost() {
        for (int index = reference.scheduled() - 1; index >= 0; index--) {
            if (random.nextInt(10) > 0) {
                cancel(index);
            }
        }
    }

    /** Dispatches all that is left, and finds both with nothing to do. */
    void drain() {
        while (reference.pending() > 0) {
            step();
        }
        step();
    }

    void schedule() {
        long delay = delays.draw(random, reference.now());
        long time = reference.now() + Math.min(delay, Long.MAX_VALUE - 1 - reference.now());
        int process = random.nextInt(3);
        int kind = random.nextInt();
        long argument = random.nextLong();
        int index = reference.schedule(time, process, kind, argument);
        Object sent = index % 2 == 0 ? null : Integer.valueOf(index);
        tickets.add(kernel.schedule(time, process, kind, argument, sent));
    }

    void cancel() {
        // Mostly a recent one, which is likely to be pending; else any, which is likely to be gone.
        int scheduled = reference.scheduled();
        int back = random.nextInt(random.nextInt(10) > 0 ? Math.min(scheduled, 100) : scheduled);
        cancel(scheduled - 1 - back);
    }

    private void cancel(int index) {
        assertEquals(reference.cancel(index), kernel.cancel(tickets.get(index)));
        assertFalse(kernel.cancel(tickets.get(index)));
    }

    void step() {
        if (reference.pending() % 3 == 0) {
            assertEquals(reference.nextTime(), kernel.nextTime());
        }
        received = null;
        var expected = reference.step();
        assertEquals(expected != null, kernel.step());
        assertEquals(reference.pending(), kernel.pending());
        assertEquals(reference.now(), kernel.now());
        if (expected == null) {
            assertNull(received);
            return;
        }
        assertEquals(
                new ReferenceKernel.Happening(
                        expected.time(),
                        -1,
                        expected.process(),
                        expected.kind(),
                        expected.argument()),
                received);
        int index = (int) expected.sequence();
        assertEquals(index % 2 == 0 ? null : Integer.valueOf(index), payload);
        assertFalse(kernel.cancel(tickets.get(index)));
    }
}
