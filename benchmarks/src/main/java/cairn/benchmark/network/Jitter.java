package cairn.benchmark.network;

import cairn.model.choice.Law;

/** How latencies are distributed about 10 us. */
public enum Jitter {
    CONSTANT,
    EXPONENTIAL,
    HEAVY_TAIL;

    Law law() {
        return switch (this) {
            case CONSTANT -> new Law.Constant(10_000);
            case EXPONENTIAL -> new Law.Exponential(8_000, 2_000);
            case HEAVY_TAIL -> Law.HeavyTail.withTail(8_000, 2_000, 9);
        };
    }
}
