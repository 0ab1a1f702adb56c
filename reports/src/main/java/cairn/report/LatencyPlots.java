package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Unit;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How request latency is distributed: the bulk as a CDF, the tail by percentiles. */
final class LatencyPlots {
    private static final int MOST_POINTS = 400;
    private static final int MOST_CURVES = 10;

    private LatencyPlots() {}

    /** The requests of all trials of a variant, in the variant's style. */
    private record Series(String label, int number, DurationHistogram latency) {
        Style style() {
            return Style.of(number);
        }
    }

    static Optional<Plot> cdf(ExperimentResult result) {
        List<Series> all = series(result);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Mark.Curve> curves = curves(all, LatencyPlots::cdfPoints);
        return Optional.of(
                new Plot(
                        "latency-cdf",
                        "Request latency",
                        "Share of requests that were answered within a time. "
                                + requests(result, all),
                        Axis.logarithmic(
                                "Request latency", Unit.NANOSECONDS, coordinates(curves, Point::x)),
                        Axis.percent("Requests"),
                        keys(all),
                        List.copyOf(curves)));
    }

    static Optional<Plot> percentiles(ExperimentResult result) {
        List<Series> all = series(result);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Mark.Curve> curves = curves(all, LatencyPlots::percentilePoints);
        double rarest = Arrays.stream(coordinates(curves, Point::x)).max().orElse(10);
        return Optional.of(
                new Plot(
                        "latency-percentiles",
                        "Request latency by percentile",
                        "Latency that a share of the requests does not exceed; each step along the"
                                + " lower axis is ten times rarer. "
                                + requests(result, all),
                        new Axis("Percentile", 1, 1, Math.max(10, rarest), Axis.Scale.PERCENTILE),
                        Axis.logarithmic(
                                "Request latency", Unit.NANOSECONDS, coordinates(curves, Point::y)),
                        keys(all),
                        List.copyOf(curves)));
    }

    private static List<Mark.Curve> curves(
            List<Series> all, Function<Histogram, List<Point>> points) {
        return all.stream()
                .map(s -> new Mark.Curve(points.apply(s.latency().open()), s.style(), false))
                .toList();
    }

    private static double[] coordinates(
            List<Mark.Curve> curves, ToDoubleFunction<Point> coordinate) {
        return curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(coordinate)
                .toArray();
    }

    private static List<Plot.Key> keys(List<Series> all) {
        return all.stream()
                .<Plot.Key>map(s -> new Plot.SeriesKey(s.label(), s.style(), true, false))
                .toList();
    }

    private static String requests(ExperimentResult result, List<Series> all) {
        long count = all.stream().mapToLong(series -> series.latency().count()).sum();
        return Captions.pooled(result, count, "requests")
                + (all.size() == MOST_CURVES && result.variants().size() > MOST_CURVES
                        ? " Of " + result.variants().size() + " variants the first ten are shown."
                        : "");
    }

    /** The first of the variants that have requests; more curves than that cannot be told apart. */
    private static List<Series> series(ExperimentResult result) {
        var all = new ArrayList<Series>();
        for (VariantResult variant : result.variants()) {
            var latency = variant.pooled().requestLatency();
            if (latency.count() > 1 && all.size() < MOST_CURVES) {
                all.add(new Series(variant.label(), result.variants().indexOf(variant), latency));
            }
        }
        return all;
    }

    static List<Point> cdfPoints(Histogram histogram) {
        var points = new ArrayList<Point>();
        double step = 1.0 / MOST_POINTS;
        double shown = -1;
        double before = 0;
        points.add(new Point(Math.max(1, histogram.getMinNonZeroValue()), 0));
        for (HistogramIterationValue value : histogram.recordedValues()) {
            double share = value.getPercentileLevelIteratedTo() / 100;
            if (share - shown >= step || share >= 1) {
                double x = Math.max(1, value.getValueIteratedTo());
                if (share - before >= step) {
                    // Many of one latency are a step: a slope would show some where there are none.
                    points.add(new Point(x, before));
                }
                points.add(new Point(x, share));
                shown = share;
            }
            before = share;
        }
        return points;
    }

    /**
     * Points evenly spaced on the axis of 1 / (1 - share), as far as there are requests that rare.
     */
    private static List<Point> percentilePoints(Histogram histogram) {
        var points = new ArrayList<Point>();
        double rarest = Math.max(2, histogram.getTotalCount());
        for (int i = 0; i <= MOST_POINTS; i++) {
            double rarity = Math.pow(rarest, (double) i / MOST_POINTS);
            long latency = histogram.getValueAtPercentile(100 * (1 - 1 / rarity));
            points.add(new Point(rarity, Math.max(1, latency)));
        }
        return points;
    }
}
