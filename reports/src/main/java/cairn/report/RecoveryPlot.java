package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Unit;

import org.HdrHistogram.HistogramIterationValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recovery times, a row for each variant. */
final class RecoveryPlot {
    private static final int MOST_DOTS = 500;

    private RecoveryPlot() {}

    static Optional<Plot> of(ExperimentResult result) {
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

    /** A mark with its whiskers along its row. */
    static Mark across(Estimate estimate, int row, Style style) {
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
}
