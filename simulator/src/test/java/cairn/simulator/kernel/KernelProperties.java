package cairn.simulator.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The kernel does what the reference does, whatever the delays and however calls interleave. */
final class KernelProperties {
    /** The distributions of delays that occur in simulations, and those that would hurt. */
    enum Delays {
        ZERO,
        NEAR,
        CONSTANT,
        EXPONENTIAL,
        BIMODAL,
        BURSTS,
        HEAVY_TAIL,
        FOREVER,
        TURNS;

        long draw(Random random, long now) {
            return switch (this) {
                case ZERO -> 0;
                case NEAR -> random.nextInt(4);
                case CONSTANT -> 1_000;
                case EXPONENTIAL -> (long) (-StrictMath.log(1 - random.nextDouble()) * 100_000);
                case BIMODAL ->
                        random.nextBoolean()
                                ? 500 + random.nextInt(2_000)
                                : 1_000_000_000L + random.nextInt(1_000);
                case BURSTS -> 1_000_000 - now % 1_000_000;
                case HEAVY_TAIL -> (long) (100 * StrictMath.pow(1 - random.nextDouble(), -3));
                case FOREVER -> (Long.MAX_VALUE - 1 - now) >>> (random.nextInt(3) * 20);
                case TURNS ->
                        values()[random.nextInt(values().length - 1)].draw(random, now);
            };
        }
    }

    private final Kernel kernel = new Kernel();
    private final ReferenceKernel reference = new ReferenceKernel();
    private final List<Long> tickets = new ArrayList<>();
    private ReferenceKernel.@Nullable Happening received;
    private @Nullable Object payload;

    @Property(tries = 400)
    void theKernelDispatchesCancelsAndCountsAsTheReferenceDoes(
            @ForAll Delays delays,
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3_000) int inFlight,
            @ForAll @IntRange(min = 0, max = 90) int cancelPercent) {
        Random random = new Random(seed);
        for (int process = 0; process < 3; process++) {
            int number = process;
            assertEquals(number, kernel.register((kind, argument, sent) -> {
                received = new ReferenceKernel.Happening(kernel.now(), -1, number, kind, argument);
                payload = sent;
            }));
        }
        for (int i = 0; i < inFlight; i++) {
            schedule(delays, random);
        }
        for (int i = 0; i < 4_000; i++) {
            if (random.nextInt(100) < cancelPercent) {
                schedule(delays, random);
                cancel(random);
            } else {
                step();
                schedule(delays, random);
            }
        }
        while (reference.pending() > 0) {
            step();
        }
        step();
    }

    private void schedule(Delays delays, Random random) {
        long delay = delays.draw(random, reference.now());
        long time = reference.now() + Math.min(delay, Long.MAX_VALUE - 1 - reference.now());
        int process = random.nextInt(3);
        int kind = random.nextInt();
        long argument = random.nextLong();
        int index = reference.schedule(time, process, kind, argument);
        Object sent = index % 2 == 0 ? null : Integer.valueOf(index);
        tickets.add(kernel.schedule(time, process, kind, argument, sent));
    }

    private void cancel(Random random) {
        // Mostly a recent one, which is likely to be pending; else any, which is likely to be gone.
        int scheduled = reference.scheduled();
        int back = random.nextInt(random.nextInt(10) > 0 ? Math.min(scheduled, 100) : scheduled);
        int index = scheduled - 1 - back;
        assertEquals(reference.cancel(index), kernel.cancel(tickets.get(index)));
        assertFalse(kernel.cancel(tickets.get(index)));
    }

    private void step() {
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
                        expected.time(), -1, expected.process(), expected.kind(),
                        expected.argument()),
                received);
        int index = (int) expected.sequence();
        assertEquals(index % 2 == 0 ? null : Integer.valueOf(index), payload);
        assertFalse(kernel.cancel(tickets.get(index)));
    }
}
