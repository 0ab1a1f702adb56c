package cairn.report;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;

/**
 * Durations as an HdrHistogram log, which its tools plot and merge: a line for each variant, with
 * all its trials, tagged by the variant's number and label; values in nanoseconds.
 */
final class Histograms {
    private static final double NANOS = 1e9;

    private Histograms() {}

    /** The log; empty of lines where no trial has such durations. */
    static String log(ExperimentResult result, Function<Pooled, DurationHistogram> durations) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            var log = new HistogramLogWriter(out);
            log.outputLogFormatVersion();
            String source = result.version() + ", " + result.name();
            log.outputComment("[Cairn " + source.replaceAll("\\p{Cntrl}", " ") + "]");
            log.outputComment("[Configuration: " + result.configuration().hash() + "]");
            log.outputComment("[Values in nanoseconds]");
            log.outputLegend();
            int number = 1;
            for (VariantResult variant : result.variants()) {
                var all = durations.apply(variant.pooled());
                if (!all.isEmpty()) {
                    Histogram histogram = all.open();
                    histogram.setTag(tag(number, variant.label()));
                    long end = variant.pooled().longestNanos();
                    // The maximum as it is, and not in milliseconds.
                    log.outputIntervalHistogram(0, end / NANOS, histogram, 1);
                }
                number++;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Tags have no spaces and no commas. */
    private static String tag(int number, String label) {
        String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        return number + "-" + plain.replaceAll("^-|-$", "");
    }
}
