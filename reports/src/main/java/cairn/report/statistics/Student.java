package cairn.report.statistics;

import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Tests of means, for figures that are themselves means of many observations. Where tails are
 * heavy, {@link Wilcoxon} is right.
 */
public final class Student {
    private Student() {}

    /**
     * Welch's test, which does not suppose equal variances (B. Welch, 1947), with Hedges' g, the
     * difference in pooled standard deviations less the bias of small samples (L. Hedges, 1981).
     *
     * @throws IllegalArgumentException if a sample has fewer than two observations
     */
    public static Significance unpaired(double[] first, double[] second) {
        checkTwo(first);
        checkTwo(second);
        double difference = StatUtils.mean(first) - StatUtils.mean(second);
        double a = StatUtils.variance(first);
        double b = StatUtils.variance(second);
        String test = "Welch's t";
        if (a == 0 && b == 0) {
            return certain(test, difference, Effect.HEDGES);
        }
        double freedom = first.length + second.length - 2.0;
        double pooled = Math.sqrt(((first.length - 1) * a + (second.length - 1) * b) / freedom);
        double small = 1 - 3 / (4 * freedom - 1);
        return new Significance(
                test,
                new TTest().t(first, second),
                new TTest().tTest(first, second),
                new Effect(Effect.HEDGES, small * difference / pooled));
    }

    /**
     * Student's test of the differences of pairs, with Cohen's d, their mean in units of their
     * standard deviation.
     *
     * @throws IllegalArgumentException if the samples differ in length or have fewer than two pairs
     */
    public static Significance paired(double[] first, double[] second) {
        Statistics.checkPairs(Sample.of(first), Sample.of(second));
        checkTwo(first);
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first[i] - second[i];
        }
        double mean = StatUtils.mean(differences);
        double variance = StatUtils.variance(differences);
        String test = "paired t";
        return variance == 0
                ? certain(test, mean, Effect.COHEN)
                : new Significance(
                        test,
                        new TTest().pairedT(first, second),
                        new TTest().pairedTTest(first, second),
                        new Effect(Effect.COHEN, mean / Math.sqrt(variance)));
    }

    /** Without any scatter a difference is there or is not. */
    private static Significance certain(String test, double difference, String effect) {
        double sign = Math.signum(difference);
        double size = sign == 0 ? 0 : sign * Double.POSITIVE_INFINITY;
        return new Significance(test, size, sign == 0 ? 1 : 0, new Effect(effect, size));
    }

    private static void checkTwo(double[] sample) {
        if (sample.length < 2) {
            throw new IllegalArgumentException(
                    "a test of means needs two observations: " + sample.length);
        }
    }
}
