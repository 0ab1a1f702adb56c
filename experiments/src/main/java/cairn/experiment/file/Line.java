package cairn.experiment.file;

import java.util.Locale;

/** Text that is the same in every country. */
public final class Line {

    private Line() {}

    /** A format with its parts filled in, as {@link String#format} does. */
    // The annotation by which forms are checked lies in a library that nothing else needs.
    @SuppressWarnings("AnnotateFormatMethod")
    public static String of(String form, Object... parts) {
        return String.format(Locale.ROOT, form, parts);
    }
}
