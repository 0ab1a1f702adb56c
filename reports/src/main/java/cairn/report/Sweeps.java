package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Quantity;
import cairn.report.statistics.Regression;
import cairn.report.statistics.Statistics;
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
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A measure against a setting that was swept. A setting is swept if all variants have it and it
 * takes three or more values that are quantities of one kind; the other settings that differ tell
 * the curves apart.
 */
final class Sweeps {
    private static final int FEWEST_VALUES = 3;
    private static final int MOST_CURVES = 8;
    private static final int MOST_EXPONENTS = 4;

    // The share of the logarithms' scatter that a power law explains where it is worth naming.
    private static final double A_POWER_LAW = 0.98;

    private Sweeps() {}

    private record Place(double x, Estimate estimate) {}

    /** The plots of a measure, one for each swept setting. */
    static List<Plot> of(ExperimentResult result, Measure measure) {
        var plots = new ArrayList<Plot>();
        List<String> keys = differing(result);
        for (String key : keys) {
            swept(result, key)
                    .flatMap(unit -> plot(result, key, unit, measure))
                    .ifPresent(plots::add);
        }
        HeatMap.of(result, keys, measure).ifPresent(plots::add);
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
        if (curves.size() > MOST_CURVES) {
            return Optional.empty();
        }
        List<Place> all = curves.values().stream().flatMap(List::stream).toList();
        if (all.stream().mapToDouble(Place::x).distinct().count() < FEWEST_VALUES) {
            return Optional.empty();
        }
        var keys = new ArrayList<Plot.Key>();
        var marks = new ArrayList<Mark>();
        for (Map.Entry<String, List<Place>> curve : curves.entrySet()) {
            Style style = Style.of(keys.size());
            String label = curve.getKey().isEmpty() ? "simulated" : curve.getKey();
            keys.add(new Plot.SeriesKey(label, style, true, true));
            addCurve(marks, curve.getValue(), style);
        }
        List<Prediction> predictions =
                result.predictions().stream()
                        .filter(p -> p.setting().equals(key) && p.measure() == measure)
                        .toList();
        predictions.forEach(prediction -> add(prediction, keys, marks));
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
                        measure.title()
                                + " against "
                                + key
                                + ". "
                                + Captions.overTrials(result)
                                + said(predictions)
                                + growth(curves),
                        Axis.suited(key, unit, xs),
                        Axis.suited(measure.title(), measure.unit(), ys),
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

    private static void add(Prediction prediction, List<Plot.Key> keys, List<Mark> marks) {
        if (!prediction.curve().isEmpty()) {
            keys.add(new Plot.SeriesKey(prediction.label(), Style.reference(), true, false));
            marks.addFirst(new Mark.Curve(prediction.curve(), Style.reference(), false));
        }
        prediction
                .optimum()
                .ifPresent(optimum -> marks.addFirst(new Mark.Rule(optimum, prediction.label())));
    }

    private static String said(List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            return "";
        }
        return " Dashed: what theory says ("
                + predictions.stream().map(Prediction::label).collect(Collectors.joining(", "))
                + "), vertical where it puts the optimum.";
    }

    /** How fast the measure grows with the setting, where that is a power law and few curves. */
    private static String growth(SequencedMap<String, List<Place>> curves) {
        var said = new ArrayList<String>();
        for (Map.Entry<String, List<Place>> curve : curves.entrySet()) {
            double[] x = curve.getValue().stream().mapToDouble(Place::x).toArray();
            double[] y = curve.getValue().stream().mapToDouble(p -> p.estimate().value()).toArray();
            boolean positive =
                    DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).allMatch(v -> v > 0);
            if (x.length < FEWEST_VALUES || !positive) {
                continue;
            }
            Regression power = Regression.power(x, y, Statistics.CONFIDENCE);
            if (power.explained() >= A_POWER_LAW) {
                Estimate exponent = power.slope();
                said.add(
                        (curve.getKey().isEmpty() ? "" : curve.getKey() + ": ")
                                + Unit.digits(exponent.value())
                                + " ("
                                + Unit.digits(exponent.low())
                                + " to "
                                + Unit.digits(exponent.high())
                                + ", n = "
                                + exponent.n()
                                + ")");
            }
        }
        return said.isEmpty() || said.size() > MOST_EXPONENTS
                ? ""
                : " Growth as a power law, exponent: " + String.join("; ", said) + ".";
    }
}
