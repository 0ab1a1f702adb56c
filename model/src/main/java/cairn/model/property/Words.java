package cairn.model.property;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Sentences of explanations, the same in every country. */
final class Words {

    private Words() {}

    /** Text with values in it, as {@link String#format} makes it. */
    @SuppressWarnings("AnnotateFormatMethod")
    static String say(String template, @Nullable Object... values) {
        return String.format(Locale.ROOT, template, values);
    }

    /** An instant: {@code at 12.345 us}. */
    static String at(long nanos) {
        return "at " + duration(nanos);
    }

    /** A span of time in microseconds: {@code 12.345 us}. */
    static String duration(long nanos) {
        long thousandths = Math.floorMod(nanos, 1000L);
        return Math.floorDiv(nanos, 1000L)
                + (thousandths == 0
                        ? ""
                        : "."
                                + (thousandths < 10 ? "00" : thousandths < 100 ? "0" : "")
                                + thousandths)
                + " us";
    }
}
