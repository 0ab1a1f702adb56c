package cairn.report.statistics;

import java.math.BigDecimal;

/** Numbers for machines: the same text in every locale, no exponent, nothing rounded away. */
public final class Numbers {
    private Numbers() {}

    /** The shortest decimal that reads back as the same number; empty for NaN and infinity. */
    public static String exact(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        var decimal = BigDecimal.valueOf(value).stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }
}
