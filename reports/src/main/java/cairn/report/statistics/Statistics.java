package cairn.report.statistics;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;

import java.util.Arrays;
import java.util.Optional;

/**
 * Estimates from samples of independent observations, such as one figure from each seed.
 *
 * <p>Observations inside one run depend on each other; they must be reduced to one figure per run
 * before they come here, or the intervals are too narrow.
 */
public final class Statistics {
    /** The confidence of reports. */
    public static final double CONFIDENCE = 0.95;

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

    /** The median of a sample, between the two middle ones if their number is even. */
    public static double median(double[] sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return interpolated(sorted, 0.5);
    }

    /**
     * Between neighbours in proportion; the definition that R and NumPy use unless told otherwise.
     */
    static double interpolated(double[] sorted, double fraction) {
        double position = fraction * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        // Equal neighbours, infinite ones too, need no arithmetic.
        return sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static double average(double[] sample) {
        // Around the first value: a sample of equal values has exactly that mean and no variance.
        double sum = 0;
        for (double value : sample) {
            sum += value - sample[0];
        }
        return sample[0] + sum / sample.length;
    }

    static double[] checked(double[] sample, double confidence) {
        checkFilled(sample);
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence lies between 0 and 1: " + confidence);
        }
        return sample;
    }

    static void checkFilled(double[] sample) {
        if (sample.length == 0) {
            throw new IllegalArgumentException("an empty sample has no statistics");
        }
    }

    static void checkPairs(double[] first, double[] second) {
        checkFilled(first);
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    first.length + " observations cannot be paired with " + second.length);
        }
    }
}
