package cairn.report.statistics;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.random.MersenneTwister;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Estimates from samples of independent observations, such as one figure from each seed.
 *
 * <p>Observations inside one run depend on each other; they must be reduced to one figure per run
 * before they come here, or the intervals are too narrow.
 */
public final class Statistics {
    /** The confidence of reports. */
    public static final double CONFIDENCE = 0.95;

    private static final int RESAMPLES = 2000;

    private Statistics() {}

    /**
     * The mean with Student's t interval, exact for normal observations and good for means of about
     * ten or more others. No interval for a single observation.
     */
    public static Estimate mean(double[] sample, double confidence) {
        int n = checked(sample, confidence).length;
        double mean = average(sample);
        if (n < 2) {
            return Estimate.withoutInterval(mean, n, confidence);
        }
        double squares = 0;
        for (double value : sample) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        double t = new TDistribution(n - 1).inverseCumulativeProbability((1 + confidence) / 2);
        return new Estimate(mean, mean - t * error, mean + t * error, n, confidence);
    }

    /** The median with an interval that holds whatever the distribution. */
    public static Estimate median(double[] sample, double confidence) {
        return quantile(sample, 0.5, confidence);
    }

    /**
     * A quantile with an interval between two order statistics. The number of observations below
     * the true quantile is binomial whatever the distribution, so the interval covers with at least
     * the confidence. Without an interval if n is too small: a median needs 6 observations for 95
     * %.
     */
    public static Estimate quantile(double[] sample, double fraction, double confidence) {
        double[] sorted = checked(sample, confidence).clone();
        Arrays.sort(sorted);
        double value = interpolated(sorted, fraction);
        return ranks(sorted.length, fraction, confidence)
                .map(ranks ->
                        new Estimate(
                                value,
                                sorted[Math.toIntExact(ranks.low()) - 1],
                                sorted[Math.toIntExact(ranks.high()) - 1],
                                sorted.length,
                                confidence))
                .orElseGet(() -> Estimate.withoutInterval(value, sorted.length, confidence));
    }

    /** Which order statistics bound a quantile, counted from 1. */
    public record Ranks(long low, long high) {}

    /**
     * The ranks between which the true quantile lies with at least the confidence, each tail having
     * at most half of what is left; empty if n is too small for such ranks.
     */
    public static Optional<Ranks> ranks(int n, double fraction, double confidence) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("a quantile lies between 0 and 1: " + fraction);
        }
        var below = new BinomialDistribution(null, n, fraction);
        double tail = (1 - confidence) / 2;
        // The low rank r errs if fewer than r observations lie below: P(B <= r - 1) <= tail.
        int low = below.inverseCumulativeProbability(tail);
        if (below.cumulativeProbability(low) <= tail) {
            low++;
        }
        // The high rank r errs if r or more observations lie below: P(B >= r) <= tail.
        int high = below.inverseCumulativeProbability(1 - tail) + 1;
        return low >= 1 && high <= n ? Optional.of(new Ranks(low, high)) : Optional.empty();
    }

    /**
     * A statistic with its percentile bootstrap interval. The resampling is seeded by the sample
     * itself, so the same data give the same interval. No interval below 5 observations, where the
     * bootstrap does not hold what it promises.
     */
    public static Estimate bootstrap(
            double[] sample, ToDoubleFunction<double[]> statistic, double confidence) {
        int n = checked(sample, confidence).length;
        double value = statistic.applyAsDouble(sample);
        if (n < 5) {
            return Estimate.withoutInterval(value, n, confidence);
        }
        var random = new MersenneTwister(seed(sample));
        double[] replicates = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            replicates[i] = statistic.applyAsDouble(resample(sample, random));
        }
        return percentiles(value, replicates, n, confidence);
    }

    /**
     * How many times larger the median of the first sample is than that of the second, with a
     * bootstrap interval for two unpaired samples. n is that of the smaller sample.
     */
    public static Estimate ratioOfMedians(double[] first, double[] second, double confidence) {
        int n = Math.min(checked(first, confidence).length, checked(second, confidence).length);
        double value = median(first) / median(second);
        if (n < 5) {
            return Estimate.withoutInterval(value, n, confidence);
        }
        var random = new MersenneTwister(31 * seed(first) + seed(second));
        double[] replicates = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            replicates[i] = median(resample(first, random)) / median(resample(second, random));
        }
        return percentiles(value, replicates, n, confidence);
    }

    /** The median of a sample, between the two middle ones if their number is even. */
    public static double median(double[] sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return interpolated(sorted, 0.5);
    }

    private static Estimate percentiles(
            double value, double[] replicates, int n, double confidence) {
        Arrays.sort(replicates);
        double tail = (1 - confidence) / 2;
        return new Estimate(
                value,
                interpolated(replicates, tail),
                interpolated(replicates, 1 - tail),
                n,
                confidence);
    }

    /**
     * Between neighbours in proportion; the definition that R and NumPy use unless told otherwise.
     */
    private static double interpolated(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        // Equal neighbours, infinite ones too, need no arithmetic.
        return sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static double[] resample(double[] sample, MersenneTwister random) {
        double[] drawn = new double[sample.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = sample[random.nextInt(sample.length)];
        }
        return drawn;
    }

    private static double average(double[] sample) {
        // Around the first value: a sample of equal values has exactly that mean and no variance.
        double sum = 0;
        for (double value : sample) {
            sum += value - sample[0];
        }
        return sample[0] + sum / sample.length;
    }

    private static long seed(double[] sample) {
        long seed = sample.length;
        for (double value : sample) {
            seed = seed * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(value);
            seed ^= seed >>> 29;
        }
        return seed;
    }

    private static double[] checked(double[] sample, double confidence) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("an empty sample has no statistics");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence lies between 0 and 1: " + confidence);
        }
        return sample;
    }
}
