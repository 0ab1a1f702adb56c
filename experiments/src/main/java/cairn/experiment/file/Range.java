package cairn.experiment.file;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many values in one: {@code 1..10}, {@code 1..10 step 3}, {@code 1 us..1 ms times 10} (each so
 * many times the one before), {@code 1 us..1 ms log 5} (five, evenly spaced on a logarithmic axis,
 * ends included, rounded to three digits). A bound without a unit has that of the other.
 */
public final class Range {

    /** The most values of one range. */
    static final int MOST = 10_000;

    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final Pattern FORM =
            Pattern.compile("(.+?)\\s*\\.\\.\\s*(.+?)(?:\\s+(step|times|log)\\s+(.+))?");
    private static final Pattern UNIT = Pattern.compile("[-+]?[0-9][-+0-9._eE]*\\s*(.*)");
    private static final String EXAMPLES =
            "such as '1..10 step 3', '1 us..1 ms times 10' or '1 us..1 ms log 5'";

    private Range() {}

    /** Whether a text wants to be a range. */
    static boolean isMeant(String text) {
        return text.contains("..");
    }

    /**
     * The values of a range, as a file would write them; throws {@link IllegalArgumentException}
     * that says what is wrong.
     */
    public static List<String> read(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw wrong(text);
        }
        String first = withUnitOf(parts.group(1), parts.group(2));
        String last = withUnitOf(parts.group(2), parts.group(1));
        String kind = Optional.ofNullable(parts.group(3)).orElse("step");
        String by = Optional.ofNullable(parts.group(4)).orElse("1");
        boolean adds = kind.equals("step");
        Amounts ends =
                (adds ? Amounts.of(first, last, withUnitOf(by, first)) : Amounts.of(first, last))
                        .orElseThrow(() -> wrong(text));
        BigDecimal low = ends.values().get(0);
        BigDecimal high = ends.values().get(1);
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("'" + text + "' names the lower bound first");
        }
        List<BigDecimal> values =
                switch (kind) {
                    case "step" -> steps(low, high, ends.values().get(2), text);
                    case "times" -> times(low, high, number(by, text), text);
                    default -> logarithmic(low, high, number(by, text), text);
                };
        var written = new LinkedHashSet<String>();
        values.forEach(value -> written.add(ends.dimension().write(value)));
        return List.copyOf(written);
    }

    private static List<BigDecimal> steps(
            BigDecimal low, BigDecimal high, BigDecimal step, String text) {
        if (step.signum() <= 0) {
            throw new IllegalArgumentException("'" + text + "': a step is above zero");
        }
        return grown(low, high, text, (before, _) -> before.add(step));
    }

    private static List<BigDecimal> times(
            BigDecimal low, BigDecimal high, BigDecimal factor, String text) {
        if (factor.compareTo(BigDecimal.ONE) <= 0 || low.signum() <= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': 'times' needs a factor above one, and bounds above zero");
        }
        return grown(
                low, high, text, (before, _) -> before.multiply(factor, MathContext.DECIMAL64));
    }

    private interface Growth {
        BigDecimal next(BigDecimal before, int place);
    }

    private static List<BigDecimal> grown(
            BigDecimal low, BigDecimal high, String text, Growth growth) {
        var values = new ArrayList<BigDecimal>();
        for (BigDecimal value = low;
                value.compareTo(high) <= 0;
                value = growth.next(value, values.size())) {
            values.add(value);
            if (values.size() > MOST) {
                throw new IllegalArgumentException(
                        "'" + text + "' has more than " + MOST + " values");
            }
        }
        return values;
    }

    private static List<BigDecimal> logarithmic(
            BigDecimal low, BigDecimal high, BigDecimal count, String text) {
        boolean whole = count.stripTrailingZeros().scale() <= 0;
        if (!whole
                || low.signum() <= 0
                || count.compareTo(BigDecimal.TWO) < 0
                || count.compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw new IllegalArgumentException(
                    "'"
                            + text
                            + "': 'log' needs a number of values, two or more, and bounds above"
                            + " zero");
        }
        int values = count.intValueExact();
        double ratio = high.divide(low, MathContext.DECIMAL64).doubleValue();
        var spaced = new ArrayList<BigDecimal>();
        spaced.add(low);
        for (int i = 1; i < values - 1; i++) {
            double factor = StrictMath.pow(ratio, (double) i / (values - 1));
            spaced.add(low.multiply(BigDecimal.valueOf(factor)).round(DIGITS));
        }
        spaced.add(high);
        return spaced;
    }

    private static BigDecimal number(String by, String text) {
        return Amounts.of(by)
                .filter(quantity -> quantity.dimension() == Dimension.NUMBER)
                .map(quantity -> quantity.values().getFirst())
                .orElseThrow(() -> wrong(text));
    }

    private static String withUnitOf(String number, String other) {
        Matcher own = UNIT.matcher(number.strip());
        Matcher borrowed = UNIT.matcher(other.strip());
        boolean lacks = own.matches() && own.group(1).isEmpty();
        return lacks && borrowed.matches()
                ? (number.strip() + " " + borrowed.group(1)).strip()
                : number.strip();
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is not a range, " + EXAMPLES);
    }
}
