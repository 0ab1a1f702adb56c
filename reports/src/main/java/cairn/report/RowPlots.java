package cairn.report;

import cairn.model.Activity;
import cairn.report.plot.Axis;
import cairn.report.plot.Fill;
import cairn.report.plot.Fill.Hatch;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Contrast;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import org.HdrHistogram.HistogramIterationValue;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Plots with a row for each variant: recovery times, where the time went, one against another. */
final class RowPlots {
    private static final int MOST_DOTS = 500;

    private RowPlots() {}

    static Optional<Plot> recovery(ExperimentResult result) {
        var rows = new ArrayList<String>();
        var marks = new ArrayList<Mark>();
        var times = new ArrayList<Double>();
        long count = 0;
        for (VariantResult variant : result.variants()) {
            var all = variant.pooled().recovery();
            if (all.isEmpty()) {
                continue;
            }
            int row = rows.size();
            // No break inside the count: the spaces are hard ones.
            rows.add(variant.label() + " (n\u00a0=\u00a0" + all.count() + ")");
            count += all.count();
            List<Point> dots = dots(all, row);
            dots.forEach(dot -> times.add(dot.x()));
            Style style = Style.of(result.variants().indexOf(variant));
            marks.add(new Mark.Dots(dots, style));
            all.median().ifPresent(median -> marks.add(across(median, row, style)));
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Plot(
                        "recovery",
                        "Recovery time",
                        "Time from a failure to the first work after it. Small dots are single"
                            + " recoveries, large marks their medians, whiskers distribution-free"
                            + " 95 % confidence intervals (from 6 recoveries on). "
                                + Captions.pooled(result, count, "recoveries"),
                        Axis.suited("Recovery time", Unit.NANOSECONDS, numbers(times)),
                        Axis.rows(rows),
                        List.of(),
                        marks));
    }

    static Optional<Plot> breakdown(ExperimentResult result) {
        var rows = new ArrayList<String>();
        var marks = new ArrayList<Mark>();
        var present = new ArrayList<Activity>();
        for (VariantResult variant : result.variants()) {
            var time = variant.pooled().time();
            if (time.wall() == 0) {
                continue;
            }
            double from = 0;
            for (Activity activity : Activity.values()) {
                double share = (double) time.nanos(activity) / time.wall();
                if (share > 0) {
                    present.add(activity);
                    marks.add(new Mark.Bar(from, from + share, rows.size(), 0.62, fill(activity)));
                }
                from += share;
            }
            rows.add(variant.label());
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Plot(
                        "breakdown",
                        "Where the time went",
                        "Share of the wall time; the parts sum to it exactly. All trials together, "
                                + Captions.trials(result)
                                + ".",
                        Axis.percent("Wall time"),
                        Axis.rows(rows),
                        Arrays.stream(Activity.values())
                                .filter(present::contains)
                                .<Plot.Key>map(a -> new Plot.FillKey(words(a), fill(a)))
                                .toList(),
                        marks));
    }

    /**
     * One measure of all variants as bars with intervals, or as marks if the values differ widely.
     */
    static Optional<Plot> comparison(ExperimentResult result, Measure measure) {
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
        boolean logarithmic = Axis.isWide(least, most);
        // Room at the right for the figures behind the bars.
        double room = logarithmic ? most * Math.pow(most / least, 0.2) : most * 1.3;
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
            marks.add(across(estimate, row, style));
            double end = estimate.hasInterval() ? estimate.high() : estimate.value();
            marks.add(new Mark.Note(end, row, measure.unit().text(estimate.value())));
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

    /** How far the extremes lie apart, where both have trials enough to say so. */
    private static String ratio(ExperimentResult result, Measure measure) {
        Comparator<VariantResult> byMedian =
                Comparator.comparingDouble(v -> Statistics.median(measure.sample(v)));
        List<VariantResult> measured =
                result.variants().stream().filter(v -> measure.sample(v).length > 0).toList();
        VariantResult least = Collections.min(measured, byMedian);
        VariantResult most = Collections.max(measured, byMedian);
        if (least.equals(most) || Statistics.median(measure.sample(least)) <= 0) {
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

    private static Mark across(Estimate estimate, int row, Style style) {
        return new Mark.AcrossInterval(
                estimate.value(), estimate.low(), estimate.high(), row, style);
    }

    /**
     * Every recovery, or evenly chosen ones of very many, spread over the row so that all are seen.
     */
    private static List<Point> dots(DurationHistogram durations, int row) {
        var dots = new ArrayList<Point>();
        long every = Math.max(1, durations.count() / MOST_DOTS);
        long number = 0;
        for (HistogramIterationValue value : durations.open().recordedValues()) {
            for (long i = 0; i < value.getCountAtValueIteratedTo(); i++, number++) {
                if (number % every == 0) {
                    // Multiples of the golden ratio fall evenly, and the same way each time.
                    double spread = (number * 0.6180339887498949) % 1 - 0.5;
                    dots.add(
                            new Point(Math.max(1, value.getValueIteratedTo()), row + 0.5 * spread));
                }
            }
        }
        return dots;
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static String words(Activity activity) {
        return switch (activity) {
            case USEFUL -> "useful work";
            case CHECKPOINT_PAUSE -> "checkpoint pause";
            case FAULT_STALL -> "page-fault stall";
            case LOGGING -> "logging";
            case LOST -> "lost work";
            case RESTART -> "restart";
            case DOWN -> "down";
        };
    }

    private static Fill fill(Activity activity) {
        return switch (activity) {
            case USEFUL -> Fill.plain(new Color(0xD9DEE3));
            case CHECKPOINT_PAUSE -> Fill.plain(new Color(0x0072B2));
            case FAULT_STALL -> Fill.plain(new Color(0x56B4E9));
            case LOGGING -> new Fill(new Color(0xF0E442), Hatch.RISING);
            case LOST -> new Fill(new Color(0xD55E00), Hatch.FALLING);
            case RESTART -> new Fill(new Color(0xE69F00), Hatch.CROSSED);
            case DOWN -> Fill.plain(new Color(0x000000));
        };
    }
}
