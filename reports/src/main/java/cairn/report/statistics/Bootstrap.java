package cairn.report.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.MersenneTwister;

import java.util.Arrays;
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
        Statistics.checkPairs(first, second);
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
            n = Math.min(n, Statistics.checked(sample, confidence).length);
        }
        double value = statistic.applyAsDouble(samples);
        if (n < FEWEST || !Double.isFinite(value)) {
            return Estimate.withoutInterval(value, n, confidence);
        }
        double[] replicates = replicates(samples, statistic, paired);
        double bias = bias(replicates, value);
        double acceleration = acceleration(samples, statistic, paired);
        double low = level((1 - confidence) / 2, bias, acceleration);
        double high = level((1 + confidence) / 2, bias, acceleration);
        return new Estimate(
                value,
                Statistics.interpolated(replicates, low),
                Statistics.interpolated(replicates, high),
                n,
                confidence);
    }

    /** The statistic of as many samples drawn with replacement, sorted. */
    private static double[] replicates(
            double[][] samples, ToDoubleFunction<double[][]> statistic, boolean paired) {
        var random = new MersenneTwister(seed(samples));
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
    private static long seed(double[][] samples) {
        long seed = samples.length;
        for (double[] sample : samples) {
            seed = 31 * seed + sample.length;
            for (double value : sample) {
                seed = seed * 0x9E3779B97F4A7C15L + Double.doubleToLongBits(value);
                seed ^= seed >>> 29;
            }
        }
        return seed;
    }
}
