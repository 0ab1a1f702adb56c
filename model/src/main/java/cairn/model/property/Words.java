package cairn.model.property;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Locale;

/** Sentences of explanations, the same in every country. */
final class Words {

    private Words() {}

    /** Text with values in it, as {@link String#format} makes it. */
    @SuppressWarnings("AnnotateFormatMethod")
    static String say(String template, @Nullable Object... values) {
        return String.format(Locale.ROOT, template, values);
    }

    /** An instant as timelines write it: {@code at 12.345 us}. */
    static String at(long nanos) {
        return "at " + micros(nanos);
    }

    /** An instant or an account in microseconds, to the nanosecond: {@code 12.345 us}. */
    static String micros(long nanos) {
        return (nanos % 1000 == 0 ? Long.toString(nanos / 1000) : BigDecimal.valueOf(nanos, 3))
                + " us";
    }

    /**
     * A span of time in the unit that suits it, to the nanosecond: {@code 5 s}, {@code 1.25 ms}.
     */
    static String span(long nanos) {
        return Math.abs(nanos) >= 1_000_000_000
                ? exact(nanos, 9) + " s"
                : Math.abs(nanos) >= 1_000_000 ? exact(nanos, 6) + " ms" : micros(nanos);
    }

    private static String exact(long nanos, int decimals) {
        return BigDecimal.valueOf(nanos, decimals).stripTrailingZeros().toPlainString();
    }
}
