package cairn.simulator.kernel;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.Random;

/** The kernel does what the reference does, whatever the delays and however calls interleave. */
final class KernelProperties {
    @Property(tries = 400)
    void theKernelDispatchesCancelsAndCountsAsTheReferenceDoes(
            @ForAll Delays delays,
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3_000) int inFlight,
            @ForAll @IntRange(min = 0, max = 90) int cancelPercent) {
        Random random = new Random(seed);
        Lockstep lockstep = new Lockstep(delays, random);
        for (int i = 0; i < inFlight; i++) {
            lockstep.schedule();
        }
        int calamity = random.nextInt(4_000);
        for (int i = 0; i < 4_000; i++) {
            if (i == calamity) {
                lockstep.cancelMost();
            }
            lockstep.schedule();
            if (random.nextInt(100) < cancelPercent) {
                lockstep.cancel();
            } else {
                lockstep.step();
            }
        }
        lockstep.drain();
    }
}
