package cairn.report.statistics;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.distribution.TDistribution;

import java.lang.foreign.Arena;
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
    public static Estimate mean(Sample sample, double confidence) {
        int n = checked(sample, confidence).size();
        double mean = average(sample);
        if (n < 2) {
            return Estimate.withoutInterval(mean, n, confidence);
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double deviation = sample.at(i) - mean;
            squares += deviation * deviation;
        }
        double error = Math.sqrt(squares / (n - 1) / n);
        double t = new TDistribution(n - 1).inverseCumulativeProbability((1 + confidence) / 2);
        return new Estimate(mean, mean - t * error, mean + t * error, n, confidence);
    }

    /** The mean of an array. */
    public static Estimate mean(double[] sample, double confidence) {
        return mean(Sample.of(sample), confidence);
    }

    /** The median with an interval that holds whatever the distribution. */
    public static Estimate median(Sample sample, double confidence) {
        return quantile(sample, 0.5, confidence);
    }

    /** The median of an array. */
    public static Estimate median(double[] sample, double confidence) {
        return median(Sample.of(sample), confidence);
    }

    /**
     * A quantile with an interval between two order statistics. The number of observations below
     * the true quantile is binomial whatever the distribution, so the interval covers with at least
     * the confidence. Without an interval if n is too small: a median needs 6 observations for 95
     * %.
     */
    public static Estimate quantile(Sample sample, double fraction, double confidence) {
        int n = checked(sample, confidence).size();
        try (var arena = Arena.ofConfined()) {
            Sample sorted = sample.sorted(arena);
            double value = interpolated(sorted, fraction);
            return ranks(n, fraction, confidence)
                    .map(ranks ->
                            new Estimate(
                                    value,
                                    sorted.at(Math.toIntExact(ranks.low()) - 1),
                                    sorted.at(Math.toIntExact(ranks.high()) - 1),
                                    n,
                                    confidence))
                    .orElseGet(() -> Estimate.withoutInterval(value, n, confidence));
        }
    }

    /**
     * The standard deviation of an unbiased variance, by two passes, of which the second corrects
     * what the mean was rounded by (T. Chan, G. Golub and R. LeVeque, 1983); 0 of one observation.
     */
    public static double deviation(Sample sample) {
        checkFilled(sample);
        int n = sample.size();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += sample.at(i);
        }
        double rough = sum / n;
        double rest = 0;
        for (int i = 0; i < n; i++) {
            rest += sample.at(i) - rough;
        }
        double mean = rough + rest / n;
        double squares = 0;
        double left = 0;
        for (int i = 0; i < n; i++) {
            double deviation = sample.at(i) - mean;
            squares += deviation * deviation;
            left += deviation;
        }
        return n == 1 ? 0 : Math.sqrt((squares - left * left / n) / (n - 1));
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
    public static double median(Sample sample) {
        checkFilled(sample);
        try (var arena = Arena.ofConfined()) {
            return interpolated(sample.sorted(arena), 0.5);
        }
    }

    /**
     * Between neighbours in proportion; the definition that R and NumPy use unless told otherwise.
     */
    static double interpolated(Sample sorted, double fraction) {
        double position = fraction * (sorted.size() - 1);
        int floor = (int) Math.floor(position);
        double below = sorted.at(floor);
        double above = sorted.at(Math.min(floor + 1, sorted.size() - 1));
        // Equal neighbours, infinite ones too, need no arithmetic.
        return below == above ? below : below + (position - floor) * (above - below);
    }

    private static double average(Sample sample) {
        // Around the first value: a sample of equal values has exactly that mean and no variance.
        double first = sample.at(0);
        double sum = 0;
        for (int i = 0; i < sample.size(); i++) {
            sum += sample.at(i) - first;
        }
        return first + sum / sample.size();
    }

    static Sample checked(Sample sample, double confidence) {
        checkFilled(sample);
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence lies between 0 and 1: " + confidence);
        }
        return sample;
    }

    static void checkFilled(Sample sample) {
        if (sample.size() == 0) {
            throw new IllegalArgumentException("an empty sample has no statistics");
        }
    }

    static void checkPairs(Sample first, Sample second) {
        checkFilled(first);
        if (first.size() != second.size()) {
            throw new IllegalArgumentException(
                    first.size() + " observations cannot be paired with " + second.size());
        }
    }
}
