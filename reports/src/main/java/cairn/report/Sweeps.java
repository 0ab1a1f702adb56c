package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Quantity;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A measure against a setting that was swept. A setting is swept if all variants have it and it
 * takes three or more values that are quantities of one kind; the other settings that differ tell
 * the curves apart.
 */
final class Sweeps {
    private static final int FEWEST_VALUES = 3;
    private static final double WIDE = 20;

    private Sweeps() {}

    private record Place(double x, Estimate estimate) {}

    /** The plots of a measure, one for each swept setting. */
    static List<Plot> of(ExperimentResult result, Measure measure) {
        var plots = new ArrayList<Plot>();
        for (String key : differing(result)) {
            swept(result, key)
                    .flatMap(unit -> plot(result, key, unit, measure))
                    .ifPresent(plots::add);
        }
        return plots;
    }

    /** Whether any setting was swept; rows of variants say less then. */
    static boolean isSwept(ExperimentResult result) {
        return differing(result).stream().anyMatch(key -> swept(result, key).isPresent());
    }

    private static List<String> differing(ExperimentResult result) {
        return result.variants().stream()
                .flatMap(variant -> variant.settings().keySet().stream())
                .distinct()
                .filter(key ->
                        result.variants().stream()
                                        .map(variant -> variant.setting(key))
                                        .distinct()
                                        .count()
                                > 1)
                .toList();
    }

    /** The unit of the setting's values if it is swept. */
    private static Optional<Unit> swept(ExperimentResult result, String key) {
        var values = new TreeSet<Double>();
        var units = new ArrayList<Unit>();
        for (VariantResult variant : result.variants()) {
            Optional<Quantity> quantity = Quantity.parse(variant.setting(key));
            if (quantity.isEmpty()) {
                return Optional.empty();
            }
            values.add(quantity.get().value());
            units.add(quantity.get().unit());
        }
        boolean oneKind = units.stream().distinct().count() == 1;
        return oneKind && values.size() >= FEWEST_VALUES
                ? Optional.of(units.getFirst())
                : Optional.empty();
    }

    private static Optional<Plot> plot(
            ExperimentResult result, String key, Unit unit, Measure measure) {
        List<String> others = differing(result).stream().filter(k -> !k.equals(key)).toList();
        SequencedMap<String, List<Place>> curves = new LinkedHashMap<>();
        for (VariantResult variant : result.variants()) {
            double x = Quantity.parse(variant.setting(key)).orElseThrow().value();
            String label = others.stream().map(variant::setting).collect(Collectors.joining(", "));
            measure.estimate(variant)
                    .ifPresent(estimate ->
                            curves.computeIfAbsent(label, _ -> new ArrayList<>())
                                    .add(new Place(x, estimate)));
        }
        List<Place> all = curves.values().stream().flatMap(List::stream).toList();
        if (all.stream().mapToDouble(Place::x).distinct().count() < FEWEST_VALUES) {
            return Optional.empty();
        }
        var keys = new ArrayList<Plot.Key>();
        var marks = new ArrayList<Mark>();
        for (Map.Entry<String, List<Place>> curve : curves.entrySet()) {
            Style style = Style.of(keys.size());
            keys.add(new Plot.SeriesKey(curve.getKey(), style, true, true));
            addCurve(marks, curve.getValue(), style);
        }
        double[] xs = all.stream().mapToDouble(Place::x).toArray();
        double[] ys =
                all.stream()
                        .flatMap(p -> Stream.of(p.estimate().value(), p.estimate().high()))
                        .mapToDouble(Double::doubleValue)
                        .filter(Double::isFinite)
                        .toArray();
        return Optional.of(
                new Plot(
                        "sweep-" + (key + "-" + measure.id()).replaceAll("[^A-Za-z0-9]+", "-"),
                        measure.title() + " against " + key,
                        measure.title() + " against " + key + ". " + Captions.overTrials(result),
                        suited(key, unit, xs),
                        suited(measure.title(), measure.unit(), ys),
                        List.of(),
                        keys.size() > 1 ? keys : List.of(),
                        marks));
    }

    private static void addCurve(List<Mark> marks, List<Place> places, Style style) {
        var sorted = new TreeMap<Double, Estimate>();
        places.forEach(place -> sorted.put(place.x(), place.estimate()));
        var points = new ArrayList<Point>();
        sorted.forEach((x, estimate) -> points.add(new Point(x, estimate.value())));
        marks.add(new Mark.Curve(points, style, false));
        sorted.forEach(
                (x, y) -> marks.add(new Mark.UpInterval(x, y.value(), y.low(), y.high(), style)));
    }

    private static Axis suited(String title, Unit unit, double[] values) {
        double least = Arrays.stream(values).min().orElse(1);
        double most = Arrays.stream(values).max().orElse(1);
        return least > 0 && most / least > WIDE
                ? Axis.logarithmic(title, unit, values)
                : Axis.fromZero(title, unit, values);
    }
}
