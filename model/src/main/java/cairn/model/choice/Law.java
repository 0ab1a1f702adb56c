package cairn.model.choice;

import java.util.Collections;
import java.util.List;

/**
 * Which answers a choice allows, how likely each is, and which one is calm: in order, at the
 * median, nothing fails.
 *
 * <p>Implementations are immutable and compute with {@link StrictMath} alone, so that an answer is
 * the same on every machine.
 */
public sealed interface Law
        permits Law.Chance,
                Law.Pick,
                Law.Constant,
                Law.Occurs,
                Law.Survives,
                Law.Uniform,
                Law.Exponential,
                Law.Weibull,
                Law.Gamma,
                Law.Empirical,
                Law.Series,
                Law.Within,
                Law.HeavyTail,
                Tabulated {

    /**
     * The answer at a place of the law's distribution, given as 64 uniformly distributed bits; must
     * not allocate.
     */
    long at(long bits);

    /** The answer of a run in which nothing remarkable happens. */
    long calm();

    /** A bound from below: the law gives no lesser answer. */
    long least();

    /** Whether an answer is one that this law could give. */
    boolean allows(long answer);

    /** Uniform bits as a fraction in [0, 1). */
    static double fraction(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    /** Yes (1) with a probability, calmly no (0). */
    record Chance(double probability) implements Law {
        public Chance {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a probability lies in [0, 1]: " + probability);
            }
        }

        @Override
        public long at(long bits) {
            return fraction(bits) < probability ? 1 : 0;
        }

        @Override
        public long calm() {
            return 0;
        }

        @Override
        public long least() {
            return 0;
        }

        @Override
        public boolean allows(long answer) {
            return answer == 0 || answer == 1;
        }
    }

    /** One of {@code options} numbered from zero, all alike; calmly the first. */
    record Pick(long options) implements Law {
        public Pick {
            if (options < 1) {
                throw new IllegalArgumentException("a pick needs at least one option: " + options);
            }
        }

        @Override
        public long at(long bits) {
            return Math.unsignedMultiplyHigh(bits, options);
        }

        @Override
        public long calm() {
            return 0;
        }

        @Override
        public long least() {
            return 0;
        }

        @Override
        public boolean allows(long answer) {
            return answer >= 0 && answer < options;
        }
    }

    /** Always the same amount. */
    record Constant(long value) implements Law {
        @Override
        public long at(long bits) {
            return value;
        }

        @Override
        public long calm() {
            return value;
        }

        @Override
        public long least() {
            return value;
        }

        @Override
        public boolean allows(long answer) {
            return answer == value;
        }
    }

    /**
     * A time to the next failure, drawn from another law; calmly {@link #NEVER}. The choice that a
     * shrinker turns to calm then means that the failure does not happen.
     */
    record Occurs(Law after) implements Law {

        /** No failure. */
        public static final long NEVER = Long.MAX_VALUE;

        @Override
        public long at(long bits) {
            return after.at(bits);
        }

        @Override
        public long calm() {
            return NEVER;
        }

        @Override
        public long least() {
            return after.least();
        }

        @Override
        public boolean allows(long answer) {
            return answer == NEVER || after.allows(answer);
        }
    }

    /**
     * What outlives a fault although nothing had made it safe, answered by another law. It says
     * what a choice is about, so that searches find those that devices ask when a fault strikes.
     */
    record Survives(Law law) implements Law {

        @Override
        public long at(long bits) {
            return law.at(bits);
        }

        @Override
        public long calm() {
            return law.calm();
        }

        @Override
        public long least() {
            return law.least();
        }

        @Override
        public boolean allows(long answer) {
            return law.allows(answer);
        }
    }

    /** An amount with equal probability between two bounds, both included; calmly the middle. */
    record Uniform(long least, long most) implements Law {
        public Uniform {
            if (least > most || most - least < 0) {
                throw new IllegalArgumentException("bounds out of order: " + least + ".." + most);
            }
        }

        @Override
        public long at(long bits) {
            return least + Math.unsignedMultiplyHigh(bits, most - least + 1);
        }

        @Override
        public long calm() {
            return least + (most - least) / 2;
        }

        @Override
        public boolean allows(long answer) {
            return answer >= least && answer <= most;
        }
    }

    /** A floor plus an exponentially distributed amount with the given mean; calmly the median. */
    record Exponential(long floor, double mean) implements Law {
        public Exponential {
            if (!(mean >= 0) || Double.isInfinite(mean)) {
                throw new IllegalArgumentException(
                        "a mean is a finite amount, zero or more: " + mean);
            }
        }

        @Override
        public long at(long bits) {
            return floor + Math.round(-mean * StrictMath.log1p(-fraction(bits)));
        }

        @Override
        public long calm() {
            return floor + Math.round(mean * 0.6931471805599453);
        }

        @Override
        public long least() {
            return floor;
        }

        @Override
        public boolean allows(long answer) {
            return answer >= floor;
        }
    }

    /**
     * A Weibull distributed amount; shape below one means that failures cluster. Calmly the median.
     */
    record Weibull(double scale, double shape) implements Law {
        public Weibull {
            if (!(scale > 0)
                    || !(shape > 0)
                    || Double.isInfinite(scale)
                    || Double.isInfinite(shape)) {
                throw new IllegalArgumentException(
                        "scale and shape must be positive: " + scale + ", " + shape);
            }
        }

        @Override
        public long at(long bits) {
            return Math.round(
                    scale * StrictMath.pow(-StrictMath.log1p(-fraction(bits)), 1 / shape));
        }

        @Override
        public long calm() {
            return Math.round(scale * StrictMath.pow(0.6931471805599453, 1 / shape));
        }

        @Override
        public long least() {
            return 0;
        }

        @Override
        public boolean allows(long answer) {
            return answer >= 0;
        }
    }

    /**
     * A gamma distributed amount: with a shape below one failures cluster, with one it is
     * exponential. Calmly the median.
     */
    record Gamma(double scale, double shape) implements Law {
        public Gamma {
            if (!(scale > 0) || !(shape >= 0.05) || !(shape <= 1000) || Double.isInfinite(scale)) {
                throw new IllegalArgumentException(
                        "the scale is positive, the shape lies in [0.05, 1000]: "
                                + scale
                                + ", "
                                + shape);
            }
        }

        @Override
        public long at(long bits) {
            return Math.round(scale * IncompleteGamma.quantile(shape, fraction(bits)));
        }

        @Override
        public long calm() {
            return Math.round(scale * IncompleteGamma.quantile(shape, 0.5));
        }

        @Override
        public long least() {
            return 0;
        }

        @Override
        public boolean allows(long answer) {
            return answer >= 0;
        }
    }

    /**
     * With a probability an amount up to a bound, all alike, and otherwise {@link Occurs#NEVER};
     * calmly the latter.
     */
    record Within(double probability, long most) implements Law {
        public Within {
            if (!(probability >= 0 && probability <= 1) || most < 0) {
                throw new IllegalArgumentException(
                        "a probability lies in [0, 1], and a bound is zero or more: "
                                + probability
                                + ", "
                                + most);
            }
        }

        @Override
        public long at(long bits) {
            double fraction = fraction(bits);
            return fraction < probability
                    ? Math.round(fraction / probability * most)
                    : Occurs.NEVER;
        }

        @Override
        public long calm() {
            return Occurs.NEVER;
        }

        @Override
        public long least() {
            return 0;
        }

        @Override
        public boolean allows(long answer) {
            return answer == Occurs.NEVER || (answer >= 0 && answer <= most);
        }
    }

    /** One of the amounts that were seen, all alike; calmly the median. */
    record Empirical(List<Long> seen) implements Law {
        public Empirical {
            if (seen.isEmpty()) {
                throw new IllegalArgumentException("at least one amount was seen");
            }
            seen = seen.stream().sorted().toList();
        }

        @Override
        public long at(long bits) {
            return seen.get((int) Math.unsignedMultiplyHigh(bits, seen.size()));
        }

        @Override
        public long calm() {
            return seen.get(seen.size() / 2);
        }

        @Override
        public long least() {
            return seen.getFirst();
        }

        @Override
        public boolean allows(long answer) {
            return Collections.binarySearch(seen, answer) >= 0;
        }
    }

    /**
     * The amounts that were seen one after another at equal distances of time, so that what is slow
     * for a while is so here: {@link Course} goes along them. Where time is not known, one of them,
     * all alike; calmly the median.
     *
     * @param everyNanos from one to the next
     */
    record Series(List<Long> seen, long everyNanos) implements Law {
        public Series {
            if (seen.isEmpty()) {
                throw new IllegalArgumentException("at least one amount was seen");
            }
            if (everyNanos < 1) {
                throw new IllegalArgumentException(
                        "from one amount to the next is more than nothing: " + everyNanos);
            }
            seen = List.copyOf(seen);
        }

        @Override
        public long at(long bits) {
            return seen.get((int) Math.unsignedMultiplyHigh(bits, seen.size()));
        }

        /** The amount at a time, of a run that begins with the one of a number. */
        long at(long begin, long nanos) {
            return seen.get((int) ((begin + nanos / everyNanos) % seen.size()));
        }

        @Override
        public long calm() {
            return seen.stream().sorted().skip(seen.size() / 2).findFirst().orElseThrow();
        }

        @Override
        public long least() {
            return seen.stream().min(Long::compare).orElseThrow();
        }

        @Override
        public boolean allows(long answer) {
            return seen.contains(answer);
        }
    }

    /**
     * A delay with a heavy tail: a floor, then a lognormal body, given by its median and by the
     * ratio of its 99.9th percentile to its median. Measured small messages have a ratio of about
     * 2.4 (RAMCloud, 100 B).
     */
    record HeavyTail(long floor, double median, double sigma) implements Law {

        /** The 99.9th percentile of the standard normal distribution. */
        private static final double Z999 = 3.090232306167813;

        public HeavyTail {
            if (!(median >= 0)
                    || !(sigma >= 0)
                    || Double.isInfinite(median)
                    || Double.isInfinite(sigma)) {
                throw new IllegalArgumentException(
                        "median and sigma must be finite, zero or more: " + median + ", " + sigma);
            }
        }

        /** The law whose 99.9th percentile is {@code ratio} times its median, floor excluded. */
        public static HeavyTail withTail(long floor, double median, double ratio) {
            if (!(ratio >= 1)) {
                throw new IllegalArgumentException(
                        "the 99.9th percentile is at least the median: ratio " + ratio);
            }
            return new HeavyTail(floor, median, StrictMath.log(ratio) / Z999);
        }

        @Override
        public long at(long bits) {
            return floor
                    + Math.round(median * StrictMath.exp(sigma * Normal.quantile(fraction(bits))));
        }

        @Override
        public long calm() {
            return floor + Math.round(median);
        }

        @Override
        public long least() {
            return floor;
        }

        @Override
        public boolean allows(long answer) {
            return answer >= floor;
        }
    }
}
