package cairn.report.plot;

import cairn.report.statistics.Unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * One axis: what it shows and from where to where.
 *
 * @param title what is shown, with the unit of the labels
 * @param unit how much of the data's unit makes one of the labels' unit
 * @param low the lower end, in the unit of the labels
 * @param high the upper end, in the unit of the labels
 * @param labels the text of a tick in the unit of the labels; empty for none
 */
public record Axis(
        String title,
        double unit,
        double low,
        double high,
        boolean logarithmic,
        DoubleFunction<String> labels) {

    public Axis {
        if (!(low < high) || !Double.isFinite(high - low) || (logarithmic && !(low > 0))) {
            throw new IllegalArgumentException(
                    "the axis '" + title + "' cannot reach from " + low + " to " + high);
        }
    }

    /** From zero to a little above the largest of the values. */
    public static Axis fromZero(String title, Unit unit, double... values) {
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        int scale = unit.scale(most);
        double high = most > 0 ? most / unit.size(scale) * 1.04 : 1;
        return new Axis(
                withUnit(title, unit.name(scale)), unit.size(scale), 0, high, false, Axis::plain);
    }

    /** Around the values; those that a logarithm does not have are left out. */
    public static Axis logarithmic(String title, Unit unit, double... values) {
        double[] usable =
                Arrays.stream(values).filter(v -> v > 0 && Double.isFinite(v)).sorted().toArray();
        if (usable.length == 0) {
            throw new IllegalArgumentException("no positive value for the axis '" + title + "'");
        }
        double least = usable[0];
        double most = usable[usable.length - 1];
        int scale = unit.scale(Math.sqrt(least) * Math.sqrt(most));
        double size = unit.size(scale);
        double low = round(least / size / 1.05, RoundingMode.FLOOR);
        double high = round(most / size * 1.05, RoundingMode.CEILING);
        boolean wide = high / low > 50;
        return new Axis(
                withUnit(title, unit.name(scale)),
                size,
                low,
                high,
                true,
                value -> (wide ? isPowerOfTen(value) : isRound(value)) ? plain(value) : "");
    }

    /** The value of the data where it lies on this axis, held inside its ends. */
    double at(double value) {
        return Math.min(high, Math.max(low, value / unit));
    }

    /** A whole or decimal number without exponent below a million, as short as it is exact. */
    static String plain(double value) {
        var number = BigDecimal.valueOf(value).round(new MathContext(9)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 1e6) {
            int power = number.precision() - number.scale() - 1;
            return number.movePointLeft(power).stripTrailingZeros().toPlainString() + "e" + power;
        }
        return size >= 1e4 && number.movePointLeft(3).scale() <= 1
                ? number.movePointLeft(3).toPlainString() + "k"
                : number.toPlainString();
    }

    private static String withUnit(String title, String unit) {
        return unit.isEmpty() ? title : title + " (" + unit + ")";
    }

    private static boolean isPowerOfTen(double value) {
        double power = Math.log10(value);
        return Math.abs(power - Math.rint(power)) < 1e-9;
    }

    /** Whether the value is 1, 2 or 5 times a power of ten. */
    private static boolean isRound(double value) {
        return isPowerOfTen(value) || isPowerOfTen(value / 2) || isPowerOfTen(value / 5);
    }

    /** The nearest 1, 2 or 5 times a power of ten, below or above. */
    private static double round(double value, RoundingMode mode) {
        double decade = Math.pow(10, Math.floor(Math.log10(value)));
        double found = decade;
        for (double step : new double[] {1, 2, 5, 10}) {
            double candidate = step * decade;
            if (mode == RoundingMode.FLOOR ? candidate <= value : found < value) {
                found = candidate;
            }
        }
        return found;
    }
}
