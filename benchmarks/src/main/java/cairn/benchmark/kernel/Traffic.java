package cairn.benchmark.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/** When the messages of a benchmark arrive. */
public enum Traffic {
    /** The hold model: exponential delays, 100 microseconds in the mean. */
    EXPONENTIAL,
    /** Every message takes one microsecond. */
    CONSTANT,
    /** Half are messages of a few microseconds, half are timers of a second or so. */
    BIMODAL,
    /** Everything waits for the next full millisecond, and happens at that instant. */
    BURST,
    /** Exponential delays; every message also arms a timer, and every second timer is cancelled. */
    TIMERS;

    private static final int DELAYS = 8_192;

    /**
     * Delays in nanoseconds, to be drawn from uniformly: so that both contenders draw for the same.
     */
    long[] delays() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        long[] delays = new long[DELAYS];
        Arrays.setAll(delays, i -> delay(random, i));
        return delays;
    }

    private long delay(SplittableRandom random, int i) {
        return switch (this) {
            case EXPONENTIAL, TIMERS -> (long) (-100_000 * Math.log(1 - random.nextDouble()));
            case CONSTANT, BURST -> 1_000;
            case BIMODAL ->
                    i % 2 == 0
                            ? 1_000 + random.nextLong(9_000)
                            : 900_000_000 + random.nextLong(200_000_000);
        };
    }
}
