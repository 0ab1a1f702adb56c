package cairn.report.statistics;

import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Laws of positive durations, such as the time between failures, and their fit by maximum
 * likelihood. What the parameters are is said by {@link #parameters()}.
 */
public enum Family {
    /** Constant hazard; its one parameter is the mean. */
    EXPONENTIAL("mean"),
    /**
     * Hazard that falls (shape below 1) or rises. The likelihood's equation for the shape has one
     * root (N. Johnson, S. Kotz and N. Balakrishnan, Continuous Univariate Distributions, vol. 1,
     * chapter 21).
     */
    WEIBULL("shape", "scale"),
    /** The logarithm is normal. */
    LOGNORMAL("mean of logarithms", "deviation of logarithms"),
    /** Sums of exponentials; T. Minka, Estimating a Gamma distribution (2002). */
    GAMMA("shape", "scale");

    private static final int MOST_STEPS = 200;

    @SuppressWarnings("ImmutableEnumChecker") // A list that cannot be changed.
    private final List<String> parameters;

    Family(String... parameters) {
        this.parameters = List.of(parameters);
    }

    /** The names of its parameters. */
    public List<String> parameters() {
        return parameters;
    }

    /** The name for people. */
    public String title() {
        return this == WEIBULL ? "Weibull" : name().toLowerCase(Locale.ROOT);
    }

    /** The likeliest parameters; the sample is positive, finite and not all one value. */
    double[] fit(double[] sample) {
        return switch (this) {
            case EXPONENTIAL -> new double[] {mean(sample)};
            case WEIBULL -> weibull(sample);
            case LOGNORMAL -> lognormal(sample);
            case GAMMA -> gamma(sample);
        };
    }

    /** The law with the parameters; draws from it are asked of {@code random}. */
    RealDistribution law(double[] p, @Nullable RandomGenerator random) {
        return switch (this) {
            case EXPONENTIAL -> new ExponentialDistribution(random, p[0]);
            case WEIBULL -> new WeibullDistribution(random, p[0], p[1]);
            case LOGNORMAL -> new LogNormalDistribution(random, p[0], p[1]);
            case GAMMA -> new GammaDistribution(random, p[0], p[1]);
        };
    }

    private static double[] lognormal(double[] sample) {
        double[] logarithms = Arrays.stream(sample).map(Math::log).toArray();
        double mean = mean(logarithms);
        double squares = Arrays.stream(logarithms).map(v -> (v - mean) * (v - mean)).sum();
        return new double[] {mean, Math.sqrt(squares / sample.length)};
    }

    /** Newton's method on the shape, for observations in units of their geometric mean. */
    private static double[] weibull(double[] sample) {
        double centre = mean(Arrays.stream(sample).map(Math::log).toArray());
        double[] logarithms = Arrays.stream(sample).map(v -> Math.log(v) - centre).toArray();
        double deviation = Math.sqrt(mean(Arrays.stream(logarithms).map(v -> v * v).toArray()));
        // The logarithm of a Weibull variable deviates by pi / sqrt(6) over the shape.
        double shape = Math.PI / Math.sqrt(6) / deviation;
        for (int step = 0; step < MOST_STEPS; step++) {
            double sum = 0;
            double weighted = 0;
            double twice = 0;
            for (double logarithm : logarithms) {
                double power = Math.exp(shape * logarithm);
                sum += power;
                weighted += power * logarithm;
                twice += power * logarithm * logarithm;
            }
            double ratio = weighted / sum;
            double value = ratio - 1 / shape;
            double slope = twice / sum - ratio * ratio + 1 / (shape * shape);
            double next = Math.max(shape - value / slope, shape / 4);
            boolean found = Math.abs(next - shape) <= 1e-13 * shape;
            shape = next;
            if (found) {
                break;
            }
        }
        double last = shape;
        double power = mean(Arrays.stream(logarithms).map(v -> Math.exp(last * v)).toArray());
        return new double[] {shape, Math.exp(centre + Math.log(power) / shape)};
    }

    private static double[] gamma(double[] sample) {
        double mean = mean(sample);
        double gap = Math.log(mean) - mean(Arrays.stream(sample).map(Math::log).toArray());
        double shape = (3 - gap + Math.sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
        for (int step = 0; step < MOST_STEPS; step++) {
            double value = Math.log(shape) - Gamma.digamma(shape) - gap;
            double slope = 1 / shape - Gamma.trigamma(shape);
            double next = Math.max(shape - value / slope, shape / 4);
            boolean found = Math.abs(next - shape) <= 1e-12 * shape;
            shape = next;
            if (found) {
                break;
            }
        }
        return new double[] {shape, mean / shape};
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}
