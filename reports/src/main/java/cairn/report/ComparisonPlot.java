package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Fill;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Style;
import cairn.report.statistics.Contrast;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Sample;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** One measure of all variants against each other, a row for each. */
final class ComparisonPlot {
    // Of an axis of shares: where its last figures begin, and how much of it one takes.
    private static final double CROWDED = 0.8;
    private static final double NOTE_WIDTH = 0.17;

    private ComparisonPlot() {}

    /**
     * One measure of all variants as bars with intervals, or as marks if the values differ widely.
     */
    static Optional<Plot> of(ExperimentResult result, Measure measure) {
        var rows = new ArrayList<String>();
        var estimates = new ArrayList<Estimate>();
        var styles = new ArrayList<Style>();
        for (VariantResult variant : result.variants()) {
            measure.estimate(variant)
                    .ifPresent(estimate -> {
                        rows.add(variant.label());
                        estimates.add(estimate);
                        styles.add(Style.of(result.variants().indexOf(variant)));
                    });
        }
        if (rows.size() < 2) {
            return Optional.empty();
        }
        double[] values = estimates.stream().mapToDouble(Estimate::value).toArray();
        double least = Arrays.stream(values).min().orElse(0);
        double most =
                estimates.stream()
                        .mapToDouble(e -> e.hasInterval() ? e.high() : e.value())
                        .max()
                        .orElse(0);
        // A logarithm would leave no room for figures before 100 %, and shares are read as parts.
        boolean logarithmic = measure.unit() != Unit.SHARE && Axis.isWide(least, most);
        // Room at the right for the figures behind the bars.
        double room = logarithmic ? most * Math.pow(most / least, 0.25) : most * 1.3;
        Axis axis =
                logarithmic
                        ? Axis.logarithmic(measure.title(), measure.unit(), least / 1.5, room)
                        : Axis.fromZero(measure.title(), measure.unit(), room);
        var marks = new ArrayList<Mark>();
        for (int row = 0; row < rows.size(); row++) {
            Estimate estimate = estimates.get(row);
            Style style = styles.get(row);
            Fill fill = Fill.plain(new Color(0xD9DEE3));
            double thickness = logarithmic ? 0.08 : 0.55;
            marks.add(new Mark.Bar(0, estimate.value(), row, thickness, fill));
            marks.add(RecoveryPlot.across(estimate, row, style));
            marks.add(
                    new Mark.Note(
                            note(measure, estimate), row, measure.unit().text(estimate.value())));
        }
        return Optional.of(
                new Plot(
                        "compare-" + measure.id().replaceAll("[^a-z0-9]+", "-"),
                        measure.title(),
                        measure.title()
                                + (logarithmic ? ", logarithmic scale. " : ". ")
                                + Captions.overTrials(result)
                                + ratio(result, measure),
                        axis,
                        Axis.rows(rows),
                        List.of(),
                        marks));
    }

    /**
     * Where the figure stands: behind its bar, or, where a share leaves no room for it before 100
     * %, in it.
     */
    private static double note(Measure measure, Estimate estimate) {
        double end = estimate.hasInterval() ? estimate.high() : estimate.value();
        if (measure.unit() != Unit.SHARE || end < CROWDED) {
            return end;
        }
        double begin = estimate.hasInterval() ? estimate.low() : estimate.value();
        return Math.max(0, Math.min(begin, 1) - NOTE_WIDTH);
    }

    /** How far the extremes lie apart, where both have trials enough to say so. */
    private static String ratio(ExperimentResult result, Measure measure) {
        SequencedMap<VariantResult, Double> medians = new LinkedHashMap<>();
        for (VariantResult variant : result.variants()) {
            Sample sample = measure.sample(variant);
            if (sample.size() > 0) {
                medians.put(variant, Statistics.median(sample));
            }
        }
        Comparator<Map.Entry<VariantResult, Double>> byMedian = Map.Entry.comparingByValue();
        var lowest = Collections.min(medians.entrySet(), byMedian);
        VariantResult least = lowest.getKey();
        VariantResult most = Collections.max(medians.entrySet(), byMedian).getKey();
        if (least.equals(most) || lowest.getValue() <= 0) {
            return "";
        }
        Contrast contrast =
                Comparison.contrast(measure.figures(most), measure.figures(least)).orElseThrow();
        if (!contrast.relative()) {
            return "";
        }
        Estimate ratio = contrast.change();
        String n = (contrast.paired() ? "pairs, n = " : "n = ") + ratio.n();
        String interval =
                ratio.hasInterval()
                        ? " (95 % confidence interval "
                                + Unit.digits(ratio.low())
                                + " to "
                                + Unit.digits(ratio.high())
                                + ", "
                                + n
                                + ")"
                        : " (" + n + ", no interval)";
        return (contrast.paired() ? " In the median pair of trials “" : " The median of “")
                + most.label()
                + "” is "
                + Unit.digits(ratio.value())
                + (contrast.paired() ? " times “" : " times that of “")
                + least.label()
                + "”"
                + interval
                + ".";
    }
}
