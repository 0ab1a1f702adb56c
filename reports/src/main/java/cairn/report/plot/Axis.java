package cairn.report.plot;

import cairn.report.statistics.Unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

/**
 * One axis: what it shows and from where to where.
 *
 * @param title what is shown, with the unit of the labels
 * @param unit how much of the data's unit makes one of the labels' unit
 * @param low the lower end, in the unit of the labels
 * @param high the upper end, in the unit of the labels
 * @param names what lies at 0, 1, 2 and so on, if the scale is one of names; else empty
 */
public record Axis(
        String title, double unit, double low, double high, Scale scale, List<String> names) {

    /** How values lie along an axis. */
    public enum Scale {
        LINEAR,
        LOGARITHMIC,
        /** Of 1 / (1 - share), logarithmic, with percentiles for labels. */
        PERCENTILE,
        /** Named places at whole numbers. */
        NAMES
    }

    public Axis {
        names = List.copyOf(names);
        boolean logarithm = scale == Scale.LOGARITHMIC || scale == Scale.PERCENTILE;
        if (!(low < high) || !Double.isFinite(high - low) || (logarithm && !(low > 0))) {
            throw new IllegalArgumentException(
                    "the axis '" + title + "' cannot reach from " + low + " to " + high);
        }
        if (names.isEmpty() == (scale == Scale.NAMES)) {
            throw new IllegalArgumentException(
                    "the axis '" + title + "' has " + names.size() + " names");
        }
    }

    private static final double WIDE = 20;

    /** An axis of numbers. */
    public Axis(String title, double unit, double low, double high, Scale scale) {
        this(title, unit, low, high, scale, List.of());
    }

    /** The y axis of a plot of rows, the first at the top. */
    public static Axis rows(List<String> names) {
        return new Axis("", -1, 0.5 - names.size(), 0.5, Scale.NAMES, names);
    }

    /** The x axis of a plot of columns. */
    public static Axis columns(String title, List<String> names) {
        return new Axis(title, 1, -0.5, names.size() - 0.5, Scale.NAMES, names);
    }

    /** From 0 to 100 % of a share. */
    public static Axis percent(String title) {
        return new Axis(title + " (%)", 0.01, 0, 100, Scale.LINEAR);
    }

    public boolean logarithmic() {
        return scale == Scale.LOGARITHMIC || scale == Scale.PERCENTILE;
    }

    /** The text of a tick, in the unit of the labels; empty for none. */
    String label(double value) {
        return switch (scale) {
            case LINEAR -> plain(value);
            case LOGARITHMIC ->
                    (high / low > 50 ? isPowerOfTen(value) : isRound(value)) ? plain(value) : "";
            case PERCENTILE -> percentile(value, high);
            case NAMES -> "";
        };
    }

    /** From zero to a little above the largest of the values. */
    public static Axis fromZero(String title, Unit unit, double... values) {
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        int scale = unit.scale(most);
        double high = most > 0 ? notBeyond(unit, most / unit.size(scale) * 1.04) : 1;
        return new Axis(withUnit(title, unit.name(scale)), unit.size(scale), 0, high, Scale.LINEAR);
    }

    /** There is no more than all of something. */
    private static double notBeyond(Unit unit, double high) {
        return unit == Unit.SHARE ? Math.min(high, 1 / unit.size(0)) : high;
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
        double high = notBeyond(unit, round(most / size * 1.05, RoundingMode.CEILING));
        return new Axis(withUnit(title, unit.name(scale)), size, low, high, Scale.LOGARITHMIC);
    }

    /**
     * Logarithmic if the values differ so widely that an axis from zero would show nothing of the
     * smaller ones, from zero otherwise.
     */
    public static Axis suited(String title, Unit unit, double... values) {
        double least = Arrays.stream(values).min().orElse(1);
        double most = Arrays.stream(values).max().orElse(1);
        return isWide(least, most)
                ? logarithmic(title, unit, values)
                : fromZero(title, unit, values);
    }

    /** Whether two values lie so far apart that only a logarithm shows both. */
    public static boolean isWide(double least, double most) {
        return least > 0 && most / least > WIDE;
    }

    /** Whether a value of the data lies on this axis. */
    boolean reaches(double value) {
        return value / unit >= low && value / unit <= high;
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

    /**
     * 10 is 90 %, 100 is 99 %, 1000 is 99.9 %; between them nothing is written, and of many nines
     * every other is left out, for which there is no room.
     */
    private static String percentile(double rarity, double high) {
        double nines = Math.log10(rarity);
        int count = (int) Math.rint(nines);
        boolean crowded = high >= 1e6 && count > 3 && count % 2 == 1;
        if (crowded || Math.abs(nines - count) > 1e-9) {
            return "";
        }
        return switch (count) {
            case 0 -> "0%";
            case 1 -> "90%";
            case 2 -> "99%";
            default -> "99." + "9".repeat(count - 2) + "%";
        };
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
