package cairn.report;

import cairn.report.statistics.Contrast;
import cairn.report.statistics.Holm;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One measure of one variant against that of another. Where both were tried under the same seeds,
 * they met the same failures at the same times, and what is tested are the differences of pairs.
 *
 * @param contrast its p-value is corrected for all comparisons that it was made with
 */
public record Comparison(String first, String second, Measure measure, Contrast contrast) {

    /** From this on, trials are compared as pairs; fewer have no interval. */
    private static final int FEWEST_PAIRS = 6;

    // What variants are compared by: the same as in plots.
    static final List<Measure> MEASURES =
            List.of(
                    Measure.THROUGHPUT,
                    Measure.REQUEST_P50,
                    Measure.REQUEST_P99,
                    Measure.CHECKPOINT_P50,
                    Measure.RECOVERY,
                    Measure.OVERHEAD);

    /** Every variant against the first one, by every measure that both have. */
    public static List<Comparison> within(ExperimentResult result) {
        var all = new ArrayList<Comparison>();
        for (VariantResult other : result.variants().stream().skip(1).toList()) {
            VariantResult base = result.variants().getFirst();
            for (Measure measure : MEASURES) {
                contrast(measure.figures(other), measure.figures(base))
                        .ifPresent(contrast ->
                                all.add(
                                        new Comparison(
                                                other.label(), base.label(), measure, contrast)));
            }
        }
        return corrected(all);
    }

    /** The comparisons with their p-values corrected for how many they are. */
    static List<Comparison> corrected(List<Comparison> all) {
        double[] p =
                Holm.corrected(
                        all.stream().mapToDouble(c -> c.contrast.significance().p()).toArray());
        var corrected = new ArrayList<Comparison>();
        for (int i = 0; i < p.length; i++) {
            Comparison each = all.get(i);
            corrected.add(
                    new Comparison(
                            each.first, each.second, each.measure, each.contrast.withP(p[i])));
        }
        return corrected;
    }

    /** Figures by seed, against each other; empty if one has none. */
    static Optional<Contrast> contrast(Figures first, Figures second) {
        if (first.size() == 0 || second.size() == 0) {
            return Optional.empty();
        }
        Figures.Pairs both = first.with(second);
        int pairs = both.first().size();
        boolean paired = pairs >= FEWEST_PAIRS && pairs * 2L >= first.size();
        return Optional.of(
                paired
                        ? Contrast.paired(both.first(), both.second(), Statistics.CONFIDENCE)
                        : Contrast.unpaired(
                                first.sample(), second.sample(), Statistics.CONFIDENCE));
    }

    /** Whether the difference is one that chance does not explain. */
    public boolean isSignificant() {
        return contrast.significance().p() < 1 - Statistics.CONFIDENCE;
    }

    /**
     * That there are too few trials to tell any difference, and how many would do; empty if one
     * could have been told, or all are the same.
     */
    static Optional<String> tooFew(List<Comparison> all) {
        double limit = (1 - Statistics.CONFIDENCE) / Math.max(1, all.size());
        int needed = FEWEST_PAIRS;
        while (leastP(true, needed) >= limit) {
            needed++;
        }
        return all.stream().allMatch(each -> each.contrast.isNone() || each.leastP() >= limit)
                        && !all.stream().allMatch(each -> each.contrast.isNone())
                ? Optional.of(
                        "So few trials cannot tell, however large a difference is: for "
                                + all.size()
                                + (all.size() == 1 ? " comparison" : " comparisons")
                                + " take "
                                + needed
                                + " seeds or more.")
                : Optional.empty();
    }

    private double leastP() {
        return leastP(contrast.paired(), contrast.change().n());
    }

    /** Where all are alike: one of 2^n ways to deal out signs, or of (2n over n) to part them. */
    private static double leastP(boolean paired, long n) {
        double p = 2;
        for (long i = 1; i <= n; i++) {
            p *= paired ? 0.5 : (double) i / (n + i);
        }
        return Math.min(1, p);
    }

    /** The change in words, such as {@code × 1.73} or {@code +3.2 %}. */
    public String change() {
        return (contrast.relative() ? "× " : "") + text(contrast.change().value());
    }

    /** The interval of the change. */
    public String interval() {
        return contrast.change().hasInterval()
                ? text(contrast.change().low()) + " to " + text(contrast.change().high())
                : "no interval";
    }

    /** How many pairs or trials it rests on. */
    public String sample() {
        return "n = " + contrast.change().n() + (contrast.paired() ? " pairs" : "");
    }

    private String text(double value) {
        return contrast.relative()
                ? threeDigits(value)
                : (value > 0 ? "+" : "") + measure.unit().text(value);
    }

    /** Even of a whole number: a ratio of 1 and one of 1.00 are not told apart. */
    private static String threeDigits(double value) {
        if (!Double.isFinite(value) || Math.abs(value) >= 100 || value == 0) {
            return Unit.digits(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(3));
        int places = Math.max(0, 3 - (rounded.precision() - rounded.scale()));
        return rounded.setScale(places, RoundingMode.HALF_UP).toPlainString();
    }
}
