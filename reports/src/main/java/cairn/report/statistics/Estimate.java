package cairn.report.statistics;

import java.util.function.DoubleUnaryOperator;

/**
 * A figure and how well it is known: from n observations, inside the interval with the confidence.
 *
 * @param low the lower end of the interval, NaN if n is too small for an interval
 * @param high the upper end of the interval, NaN if n is too small for an interval
 * @param n how many independent observations the figure rests on
 * @param confidence the share of such intervals that cover the true value, such as 0.95
 */
public record Estimate(double value, double low, double high, long n, double confidence) {

    /** A figure that has no interval, because it rests on too few observations. */
    public static Estimate withoutInterval(double value, long n, double confidence) {
        return new Estimate(value, Double.NaN, Double.NaN, n, confidence);
    }

    public boolean hasInterval() {
        return !Double.isNaN(low) && !Double.isNaN(high);
    }

    /** The same estimate in another unit; the function must be increasing. */
    public Estimate map(DoubleUnaryOperator unit) {
        return new Estimate(
                unit.applyAsDouble(value),
                unit.applyAsDouble(low),
                unit.applyAsDouble(high),
                n,
                confidence);
    }

    /** The figure, its interval and its n, such as {@code 1.68 µs (1.60 to 1.77 µs, n = 12)}. */
    public String text(Unit unit) {
        return unit.text(value)
                + " ("
                + (hasInterval() ? unit.text(low, high) + ", " : "")
                + "n = "
                + n
                + ")";
    }
}
