package cairn.report.statistics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What a figure counts, and how it is written for people: three significant digits and the prefix
 * that suits its size. The writing does not depend on the locale.
 */
// The arrays never leave the enum and are never written.
@SuppressWarnings("ImmutableEnumChecker")
public enum Unit {
    /** A duration, in nanoseconds. */
    NANOSECONDS(
            "ns", new String[] {"ns", "µs", "ms", "s", "min", "h"}, 1, 1e3, 1e6, 1e9, 6e10, 3.6e12),
    /** An amount of data, in bytes. */
    BYTES(
            "B",
            new String[] {"B", "KiB", "MiB", "GiB", "TiB"},
            1,
            1024,
            1048576,
            1073741824,
            1099511627776.0),
    /** Events per second. */
    PER_SECOND("1/s", new String[] {"/s", "k/s", "M/s", "G/s"}, 1, 1e3, 1e6, 1e9),
    /** How many of something. */
    COUNT("", new String[] {"", "k", "M", "G"}, 1, 1e4, 1e6, 1e9),
    /** A share of a whole, from 0 to 1. */
    SHARE("", new String[] {"%"}, 0.01);

    private final String symbol;
    private final String[] names;
    private final double[] sizes;

    Unit(String symbol, String[] names, double... sizes) {
        this.symbol = symbol;
        this.names = names;
        this.sizes = sizes;
    }

    /**
     * The unit that stored figures are in, for the heads of data columns; empty for pure numbers.
     */
    public String symbol() {
        return symbol;
    }

    /** The figure for people, such as {@code 1.68 µs}; a dash if there is none (NaN). */
    public String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        int scale = scale(value);
        String digits = digits(value / sizes[scale]);
        // 999.96 ns rounds to 1000: the next prefix says it shorter.
        if (scale + 1 < sizes.length && Math.abs(Double.parseDouble(digits)) >= step(scale)) {
            scale++;
            digits = digits(value / sizes[scale]);
        }
        return (digits + " " + names[scale]).strip();
    }

    /** A range, the prefix said once if both ends have it, such as {@code 1.60 to 1.77 µs}. */
    public String text(double low, double high) {
        String from = text(low);
        String to = text(high);
        int space = to.lastIndexOf(' ');
        String unit = space < 0 ? "" : to.substring(space);
        return (unit.isEmpty() || !from.endsWith(unit)
                        ? from
                        : from.substring(0, from.length() - unit.length()))
                + " to "
                + to;
    }

    /** The prefix that suits the figure, as an index for {@link #size} and {@link #name}. */
    public int scale(double value) {
        int scale = 0;
        while (scale + 1 < sizes.length && Math.abs(value) >= sizes[scale + 1]) {
            scale++;
        }
        return scale;
    }

    /** How many base units make one of the scale. */
    public double size(int scale) {
        return sizes[scale];
    }

    /** What the unit is called on the scale. */
    public String name(int scale) {
        return names[scale];
    }

    private double step(int scale) {
        return sizes[scale + 1] / sizes[scale];
    }

    /** Three significant digits without an exponent; whole numbers stay whole. */
    public static String digits(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return "0";
        }
        var exact = BigDecimal.valueOf(value);
        if (Math.abs(value) >= 100) {
            return exact.setScale(0, RoundingMode.HALF_UP).toPlainString();
        }
        var rounded = exact.round(new MathContext(3, RoundingMode.HALF_UP));
        boolean whole = exact.stripTrailingZeros().scale() <= 0;
        return (whole ? rounded.stripTrailingZeros() : rounded).toPlainString();
    }
}
