package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What protection costs against what failures cost in spite of it: no variant is best, but those on
 * the front are beaten by none in both.
 */
final class ParetoPlot {
    private static final int FEWEST = 3;
    private static final int MOST = 14;

    private ParetoPlot() {}

    private record Place(String label, Style style, Estimate cost, Estimate lost) {
        boolean isBeatenBy(Place other) {
            boolean better = other.cost.value() < cost.value() || other.lost.value() < lost.value();
            return better
                    && other.cost.value() <= cost.value()
                    && other.lost.value() <= lost.value();
        }
    }

    static Optional<Plot> of(ExperimentResult result) {
        var places = new ArrayList<Place>();
        for (VariantResult variant : result.variants()) {
            Optional<Estimate> cost = Measure.PROTECTION.estimate(variant);
            Optional<Estimate> lost = Measure.LOST_WORK.estimate(variant);
            if (cost.isPresent() && lost.isPresent()) {
                Style style = Style.of(places.size());
                places.add(new Place(variant.label(), style, cost.get(), lost.get()));
            }
        }
        boolean telling = places.stream().anyMatch(place -> place.lost().value() > 0);
        if (places.size() < FEWEST || places.size() > MOST || !telling) {
            return Optional.empty();
        }
        var marks = new ArrayList<Mark>();
        marks.add(new Mark.Curve(front(places), Style.reference(), false));
        for (Place place : places) {
            Estimate x = place.cost();
            Estimate y = place.lost();
            marks.add(
                    new Mark.AcrossInterval(
                            x.value(), x.low(), x.high(), y.value(), place.style()));
            marks.add(new Mark.UpInterval(x.value(), y.value(), y.low(), y.high(), place.style()));
        }
        return Optional.of(
                new Plot(
                        "pareto",
                        "What protection costs against what failures cost",
                        "Share of the wall time that checkpoints and logs took against the share"
                                + " whose work failures undid; the dashed front joins the variants"
                                + " that none beats in both. "
                                + Captions.overTrials(result),
                        axis(Measure.PROTECTION, places.stream().map(Place::cost).toList()),
                        axis(Measure.LOST_WORK, places.stream().map(Place::lost).toList()),
                        places.stream()
                                .<Plot.Key>map(
                                        p -> new Plot.SeriesKey(p.label(), p.style(), false, true))
                                .toList(),
                        marks));
    }

    private static Axis axis(Measure measure, List<Estimate> estimates) {
        return Axis.fromZero(
                measure.title(),
                Unit.SHARE,
                estimates.stream()
                        .flatMapToDouble(e -> DoubleStream.of(e.value(), e.high()))
                        .toArray());
    }

    /** Down in steps, for between two variants there is nothing to be had. */
    private static List<Point> front(List<Place> places) {
        List<Place> best =
                places.stream()
                        .filter(place -> places.stream().noneMatch(place::isBeatenBy))
                        .sorted(Comparator.comparingDouble(place -> place.cost().value()))
                        .toList();
        var points = new ArrayList<Point>();
        for (Place place : best) {
            double x = place.cost().value();
            if (!points.isEmpty()) {
                points.add(new Point(x, points.getLast().y()));
            }
            points.add(new Point(x, place.lost().value()));
        }
        return points;
    }
}
