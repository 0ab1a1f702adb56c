package cairn.report.statistics;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.random.RandomGenerator;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * Intervals for any statistic by resampling: the bias-corrected and accelerated bootstrap, BCa (B.
 * Efron, Better Bootstrap Confidence Intervals, 1987; Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 14). Unlike plain percentiles it follows a skewed statistic.
 *
 * <p>The resampling is seeded by the sample itself, so the same data give the same interval. Below
 * 5 observations there is no interval: the bootstrap does not hold there what it promises.
 */
public final class Bootstrap {
    private static final int RESAMPLES = 2000;
    private static final int FEWEST = 5;

    // Beyond, two thousand samples would take half a minute to draw and to sort.
    private static final int MOST_RESAMPLED = 40_000;

    // How many leave-out values the acceleration is estimated from; more observations go in blocks.
    private static final int MOST_LEFT_OUT = 200;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private Bootstrap() {}

    /** A statistic of one sample. */
    public static Estimate of(
            double[] sample, ToDoubleFunction<double[]> statistic, double confidence) {
        return interval(
                new double[][] {sample},
                samples -> statistic.applyAsDouble(samples[0]),
                false,
                confidence);
    }

    /** A statistic of two samples of which nothing belongs together; n is that of the smaller. */
    public static Estimate ofTwo(
            double[] first,
            double[] second,
            ToDoubleBiFunction<double[], double[]> statistic,
            double confidence) {
        return interval(
                new double[][] {first, second},
                samples -> statistic.applyAsDouble(samples[0], samples[1]),
                false,
                confidence);
    }

    /**
     * What the medians of two samples come to, of which nothing belongs together; n is that of the
     * smaller. Of more than {@value #MOST_RESAMPLED} observations no sample is drawn again: the
     * median of one that is drawn with replacement is the observation whose rank is that of the
     * median of as many uniform numbers, which are known to be of a beta law (H. David and H.
     * Nagaraja, Order Statistics, 3rd ed., 2.1 and 2.4). Nor is such an interval accelerated: what
     * that mends goes with one over the root of n.
     */
    static Estimate ofMedians(
            Sample first, Sample second, DoubleBinaryOperator comparison, double confidence) {
        int n = Math.min(first.size(), second.size());
        if ((long) first.size() + second.size() <= MOST_RESAMPLED) {
            return ofTwo(
                    first.toArray(),
                    second.toArray(),
                    (a, b) ->
                            comparison.applyAsDouble(
                                    Statistics.median(Sample.of(a)),
                                    Statistics.median(Sample.of(b))),
                    confidence);
        }
        try (var arena = Arena.ofConfined()) {
            Sample one = Statistics.checked(first, confidence).sorted(arena);
            Sample other = Statistics.checked(second, confidence).sorted(arena);
            double value =
                    comparison.applyAsDouble(
                            Statistics.interpolated(one, 0.5), Statistics.interpolated(other, 0.5));
            if (n < FEWEST || !Double.isFinite(value)) {
                return Estimate.withoutInterval(value, n, confidence);
            }
            var random = new MersenneTwister(seed(first, second));
            double[] replicates = new double[RESAMPLES];
            for (int i = 0; i < RESAMPLES; i++) {
                replicates[i] =
                        comparison.applyAsDouble(
                                medianDrawn(one, random), medianDrawn(other, random));
            }
            Arrays.sort(replicates);
            return interval(value, replicates, 0, n, confidence);
        }
    }

    /** The median of as many observations, drawn with replacement. */
    private static double medianDrawn(Sample sorted, RandomGenerator random) {
        int n = sorted.size();
        int middle = (n + 1) / 2;
        double low = new BetaDistribution(random, middle, n - middle + 1.0).sample();
        if (n % 2 == 1) {
            return drawn(sorted, low);
        }
        // Of what lies above the lower middle one, n - middle numbers, the least.
        double high = 1 - (1 - low) * Math.pow(random.nextDouble(), 1.0 / (n - middle));
        double below = drawn(sorted, low);
        return below + (drawn(sorted, high) - below) / 2;
    }

    private static double drawn(Sample sorted, double uniform) {
        return sorted.at(Math.min(sorted.size() - 1, (int) (uniform * sorted.size())));
    }

    /**
     * A statistic of pairs, the i-th of the first sample with the i-th of the second; n is the
     * number of pairs.
     *
     * @throws IllegalArgumentException if the samples differ in length
     */
    public static Estimate ofPairs(
            double[] first,
            double[] second,
            ToDoubleBiFunction<double[], double[]> statistic,
            double confidence) {
        Statistics.checkPairs(Sample.of(first), Sample.of(second));
        return interval(
                new double[][] {first, second},
                samples -> statistic.applyAsDouble(samples[0], samples[1]),
                true,
                confidence);
    }

    private static Estimate interval(
            double[][] samples,
            ToDoubleFunction<double[][]> statistic,
            boolean paired,
            double confidence) {
        int n = Integer.MAX_VALUE;
        for (double[] sample : samples) {
            n = Math.min(n, Statistics.checked(Sample.of(sample), confidence).size());
        }
        double value = statistic.applyAsDouble(samples);
        if (n < FEWEST || !Double.isFinite(value)) {
            return Estimate.withoutInterval(value, n, confidence);
        }
        double[] replicates = replicates(samples, statistic, paired);
        double acceleration = acceleration(samples, statistic, paired);
        return interval(value, replicates, acceleration, n, confidence);
    }

    private static Estimate interval(
            double value, double[] replicates, double acceleration, int n, double confidence) {
        double bias = bias(replicates, value);
        double low = level((1 - confidence) / 2, bias, acceleration);
        double high = level((1 + confidence) / 2, bias, acceleration);
        Sample sorted = Sample.of(replicates);
        return new Estimate(
                value,
                Statistics.interpolated(sorted, low),
                Statistics.interpolated(sorted, high),
                n,
                confidence);
    }

    /** The statistic of as many samples drawn with replacement, sorted. */
    private static double[] replicates(
            double[][] samples, ToDoubleFunction<double[][]> statistic, boolean paired) {
        var random =
                new MersenneTwister(
                        seed(Arrays.stream(samples).map(Sample::of).toArray(Sample[]::new)));
        double[][] drawn = new double[samples.length][];
        for (int s = 0; s < samples.length; s++) {
            drawn[s] = new double[samples[s].length];
        }
        double[] replicates = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int s = 0; s < samples.length; s++) {
                for (int j = 0; j < drawn[s].length; j++) {
                    if (s > 0 && paired) {
                        continue;
                    }
                    int at = random.nextInt(samples[s].length);
                    drawn[s][j] = samples[s][at];
                    if (paired) {
                        drawn[1][j] = samples[1][at];
                    }
                }
            }
            replicates[i] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(replicates);
        return replicates;
    }

    /** How far the replicates' median lies from the statistic, in normal deviations. */
    private static double bias(double[] replicates, double value) {
        double below = 0;
        for (double replicate : replicates) {
            // Half of those that are equal: a median or a count often is.
            below += replicate < value ? 1 : replicate == value ? 0.5 : 0;
        }
        double share = Math.clamp(below / RESAMPLES, 0.5 / RESAMPLES, 1 - 0.5 / RESAMPLES);
        return NORMAL.inverseCumulativeProbability(share);
    }

    /** How the statistic's spread changes with its value, by the jackknife. */
    private static double acceleration(
            double[][] samples, ToDoubleFunction<double[][]> statistic, boolean paired) {
        double squares = 0;
        double cubes = 0;
        for (int s = 0; s < (paired ? 1 : samples.length); s++) {
            int n = samples[s].length;
            int blocks = Math.min(n, MOST_LEFT_OUT);
            double[] left = new double[blocks];
            for (int block = 0; block < blocks; block++) {
                double[][] rest = samples.clone();
                for (int t = s; t <= (paired ? samples.length - 1 : s); t++) {
                    rest[t] = without(samples[t], block, blocks);
                }
                left[block] = statistic.applyAsDouble(rest);
            }
            double mean = Arrays.stream(left).average().orElse(0);
            for (double value : left) {
                // Each sample's share in the statistic's spread goes with one over its size.
                double influence = (mean - value) * (blocks - 1.0) / blocks;
                squares += influence * influence;
                cubes += influence * influence * influence;
            }
        }
        double acceleration = cubes / (6 * Math.pow(squares, 1.5));
        return Double.isFinite(acceleration) ? acceleration : 0;
    }

    private static double[] without(double[] sample, int block, int blocks) {
        int from = Math.toIntExact((long) sample.length * block / blocks);
        int to = Math.toIntExact((long) sample.length * (block + 1) / blocks);
        double[] rest = new double[sample.length - (to - from)];
        System.arraycopy(sample, 0, rest, 0, from);
        System.arraycopy(sample, to, rest, from, sample.length - to);
        return rest;
    }

    private static double level(double tail, double bias, double acceleration) {
        double moved = bias + NORMAL.inverseCumulativeProbability(tail);
        return NORMAL.cumulativeProbability(bias + moved / (1 - acceleration * moved));
    }

    /** Of the order of the observations too: it is the order of the seeds, and as fixed. */
    private static long seed(Sample... samples) {
        long seed = samples.length;
        for (Sample sample : samples) {
            seed = 31 * seed + sample.size();
            for (int i = 0; i < sample.size(); i++) {
                seed = seed * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(sample.at(i));
                seed ^= seed >>> 29;
            }
        }
        return seed;
    }
}
