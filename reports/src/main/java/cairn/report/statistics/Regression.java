package cairn.report.statistics;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;

import java.util.Arrays;

/**
 * A straight line through points by least squares, or, for scaling curves, a power law: the line
 * through their logarithms.
 *
 * @param intercept the value at zero of a line; the factor of a power law, its value at one
 * @param slope the slope of a line; the exponent of a power law: 1 is linear growth, 0 none
 * @param explained the share of the scatter that the curve explains, R squared, from 0 to 1; of the
 *     logarithms for a power law
 */
public record Regression(boolean power, Estimate intercept, Estimate slope, double explained) {

    /**
     * y = intercept + slope x.
     *
     * @throws IllegalArgumentException if there are fewer than three points or all have one x
     */
    public static Regression line(double[] x, double[] y, double confidence) {
        Statistics.checkPairs(Sample.of(x), Sample.of(y));
        if (x.length < 3 || Arrays.stream(x).distinct().count() < 2) {
            throw new IllegalArgumentException(
                    "a line needs three points, two of them apart: " + Arrays.toString(x));
        }
        var regression = new SimpleRegression();
        for (int i = 0; i < x.length; i++) {
            regression.addData(x[i], y[i]);
        }
        double t =
                new TDistribution(null, x.length - 2.0)
                        .inverseCumulativeProbability((1 + confidence) / 2);
        return new Regression(
                false,
                around(
                        regression.getIntercept(),
                        t * regression.getInterceptStdErr(),
                        x.length,
                        confidence),
                around(
                        regression.getSlope(),
                        t * regression.getSlopeStdErr(),
                        x.length,
                        confidence),
                regression.getTotalSumSquares() == 0 ? 1 : regression.getRSquare());
    }

    /**
     * y = intercept x^slope.
     *
     * @throws IllegalArgumentException if a coordinate is not positive, or as {@link #line}
     */
    public static Regression power(double[] x, double[] y, double confidence) {
        Regression line = line(logarithms(x), logarithms(y), confidence);
        return new Regression(true, line.intercept.map(Math::exp), line.slope, line.explained);
    }

    /** The value of the curve at a place. */
    public double at(double x) {
        return power
                ? intercept.value() * Math.pow(x, slope.value())
                : intercept.value() + slope.value() * x;
    }

    private static Estimate around(double value, double error, int n, double confidence) {
        return new Estimate(value, value - error, value + error, n, confidence);
    }

    private static double[] logarithms(double[] values) {
        for (double value : values) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("a power law has no place for " + value);
            }
        }
        return Arrays.stream(values).map(Math::log).toArray();
    }
}
