package cairn.simulator.kernel;

import java.util.Random;

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
            case TURNS -> values()[random.nextInt(values().length - 1)].draw(random, now);
        };
    }
}
