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
    private static final int MOST_CURVES = 8;
    private static final int MOST_PLOTS = 8;

    private Sweeps() {}

    record Place(double x, Estimate estimate) {}

    /** The plots of a measure, one for each swept setting. */
    static List<Plot> of(ExperimentResult result, Measure measure) {
        var plots = new ArrayList<Plot>();
        List<String> keys = differing(result);
        for (String key : keys) {
            swept(result, key).ifPresent(unit -> plots.addAll(plots(result, key, unit, measure)));
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

    /**
     * One plot, or, where it had more curves than can be told apart, one for each value of the
     * first of the other settings, or each pair of values of the first two, and so on.
     */
    private static List<Plot> plots(
            ExperimentResult result, String key, Unit unit, Measure measure) {
        List<String> others = without(differing(result), key);
        for (int apart = 0; apart <= others.size(); apart++) {
            List<String> outer = others.subList(0, apart);
            List<String> inner = others.subList(apart, others.size());
            SequencedMap<String, List<VariantResult>> groups = new LinkedHashMap<>();
            for (VariantResult variant : result.variants()) {
                groups.computeIfAbsent(values(variant, outer, true), _ -> new ArrayList<>())
                        .add(variant);
            }
            boolean readable =
                    groups.values().stream().allMatch(g -> curves(g, inner) <= MOST_CURVES);
            if (readable) {
                return groups.size() > MOST_PLOTS
                        ? List.of()
                        : groups.entrySet().stream()
                                .flatMap(group ->
                                        plot(
                                                result,
                                                group.getKey(),
                                                group.getValue(),
                                                inner,
                                                key,
                                                unit,
                                                measure)
                                                .stream())
                                .toList();
            }
        }
        return List.of();
    }

    private static List<String> without(List<String> keys, String key) {
        return keys.stream().filter(other -> !other.equals(key)).toList();
    }

    private static long curves(List<VariantResult> variants, List<String> others) {
        return variants.stream().map(v -> values(v, others, false)).distinct().count();
    }

    /** Its values of some settings; where named, amounts with what they are amounts of. */
    static String values(VariantResult variant, List<String> keys, boolean named) {
        return keys.stream()
                .map(key -> {
                    String value = variant.setting(key);
                    boolean speaks = value.matches("[a-zA-Z].*") && !value.matches("on|off");
                    return (named && !speaks ? key.substring(key.lastIndexOf('.') + 1) + " " : "")
                            + value;
                })
                .collect(Collectors.joining(", "));
    }

    /** What a setting is called on an axis: its path without the section. */
    static String name(String key) {
        return key.substring(key.indexOf('.') + 1);
    }

    private static Optional<Plot> plot(
            ExperimentResult result,
            String group,
            List<VariantResult> variants,
            List<String> others,
            String key,
            Unit unit,
            Measure measure) {
        SequencedMap<String, List<Place>> curves = new LinkedHashMap<>();
        for (VariantResult variant : variants) {
            double x = Quantity.parse(variant.setting(key)).orElseThrow().value();
            String label = values(variant, others, true);
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
            String label = curve.getKey().isEmpty() ? "simulated" : curve.getKey();
            keys.add(new Plot.SeriesKey(label, style, true, true));
            addCurve(marks, curve.getValue(), style);
        }
        List<Prediction> predictions =
                result.predictions().stream()
                        .filter(p -> p.setting().equals(key) && p.measure() == measure)
                        .filter(p ->
                                group.isEmpty()
                                        || Theories.isOf(
                                                variants, without(differing(result), key), p))
                        .toList();
        List<String> labels = List.copyOf(curves.keySet());
        Theories.add(
                predictions,
                p ->
                        variants.stream()
                                .filter(v ->
                                        Theories.isOf(
                                                List.of(v), without(differing(result), key), p))
                                .mapToInt(v -> labels.indexOf(values(v, others, true)))
                                .max()
                                .orElse(0),
                keys,
                marks);
        double[] xs = all.stream().mapToDouble(Place::x).toArray();
        double[] ys =
                all.stream()
                        .flatMap(p -> Stream.of(p.estimate().value(), p.estimate().high()))
                        .mapToDouble(Double::doubleValue)
                        .filter(Double::isFinite)
                        .toArray();
        return Optional.of(
                new Plot(
                        "sweep-"
                                + (key + "-" + measure.id() + (group.isEmpty() ? "" : "-" + group))
                                        .replaceAll("[^A-Za-z0-9]+", "-"),
                        measure.title() + " against " + key + (group.isEmpty() ? "" : ": " + group),
                        measure.title()
                                + " against "
                                + key
                                + (group.isEmpty() ? "" : ", " + group)
                                + ". "
                                + Captions.overTrials(result)
                                + Theories.said(predictions)
                                + Growth.said(curves),
                        Axis.suited(name(key), unit, xs),
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
}
