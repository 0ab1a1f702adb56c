package cairn.model.choice;

/**
 * A law whose answers are read from a table of its quantiles, for choices that are asked millions
 * of times a second.
 *
 * <p>The table holds the quantiles at 4,096 equal steps, computed once from the exact law; between
 * them answers are interpolated. The outermost steps, the 64 first and the 64 last, are left to the
 * exact law, so that tails are its own. For the laws here an answer differs from the exact one by a
 * thousandth at most, and one for rounding. Answers are the same on every machine, as those of the
 * exact law are.
 */
public final class Tabulated implements Law {

    private static final int INDEX_BITS = 12;
    private static final int STEPS = 1 << INDEX_BITS;
    private static final int TAIL = 64;

    private final Law exact;
    private final long[] quantiles = new long[STEPS + 1];

    private Tabulated(Law exact) {
        this.exact = exact;
        for (int step = TAIL; step <= STEPS - TAIL; step++) {
            quantiles[step] = exact.at((long) step << (Long.SIZE - INDEX_BITS));
        }
    }

    /** The same law by a table; a law that needs none, because it is quick, is left as it is. */
    public static Law of(Law law) {
        return switch (law) {
            case Exponential _, Weibull _, Gamma _, HeavyTail _ -> new Tabulated(law);
            case Chance _,
                    Pick _,
                    Empirical _,
                    Series _,
                    Within _,
                    Constant _,
                    Occurs _,
                    Survives _,
                    Uniform _,
                    Tabulated _ ->
                    law;
        };
    }

    @Override
    public long at(long bits) {
        int step = (int) (bits >>> (Long.SIZE - INDEX_BITS));
        if (step < TAIL || step >= STEPS - TAIL) {
            return exact.at(bits);
        }
        long from = quantiles[step];
        long width = quantiles[step + 1] - from;
        // The bits below the step's are a fraction of 2^64; plus one, to round as the ends were.
        return from + Math.unsignedMultiplyHigh(bits << INDEX_BITS, width + 1);
    }

    @Override
    public long calm() {
        return exact.calm();
    }

    @Override
    public long least() {
        return exact.least();
    }

    @Override
    public boolean allows(long answer) {
        return exact.allows(answer);
    }

    /** The law that the table stands for. */
    public Law exact() {
        return exact;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tabulated tabulated && exact.equals(tabulated.exact);
    }

    @Override
    public int hashCode() {
        return exact.hashCode();
    }

    @Override
    public String toString() {
        return exact.toString();
    }
}
