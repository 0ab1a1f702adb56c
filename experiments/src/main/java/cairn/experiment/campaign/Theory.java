package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.interval.CheckpointInterval;
import cairn.experiment.trial.Renewal;
import cairn.report.Breakdown;
import cairn.report.Measure;
import cairn.report.Prediction;
import cairn.report.TrialResult;
import cairn.report.VariantResult;
import cairn.report.plot.Point;
import cairn.report.statistics.Quantity;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What Daly's formulas say where an experiment sweeps the interval between checkpoints: the share
 * of the time that is no work, and the interval at which it is least (J. T. Daly, A higher order
 * estimate of the optimum checkpoint interval for restart dumps, FGCS 22, 2006).
 *
 * <p>A model says itself what its checkpoints, restarts and failures are. Of a protocol they are
 * measured: how long its ranks stood still for a checkpoint, how long it took from a failure until
 * work went on, and how often they went back. So the curve shows what the interval alone explains,
 * given these costs and failures that are exponential.
 */
final class Theory {

    private static final int POINTS = 40;
    private static final int FEWEST_VALUES = 3;
    private static final double SAME = 1e-6;

    private final Experiment experiment;
    private final List<VariantResult> results;

    /** A variant on a sweep: the value of the setting, and what a theory needs. */
    private record Place(double x, Renewal renewal) {

        /** How much of the interval a unit of the setting is. */
        double scale() {
            return renewal.interval() / x;
        }
    }

    private Theory(Experiment experiment, List<VariantResult> results) {
        this.experiment = experiment;
        this.results = results;
    }

    /**
     * For each setting that is the interval, or in proportion to it, and each curve of its plot.
     */
    static List<Prediction> of(Experiment experiment, List<VariantResult> results) {
        var theory = new Theory(experiment, results);
        var predictions = new ArrayList<Prediction>();
        var keys = new TreeSet<String>();
        experiment.variants().forEach(variant -> keys.addAll(variant.settings().keySet()));
        keys.forEach(key -> predictions.addAll(theory.along(key)));
        return predictions;
    }

    private List<Prediction> along(String key) {
        Map<String, List<Place>> curves = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            Variant variant = experiment.variants().get(i);
            Optional<Place> place = place(key, variant, results.get(i));
            if (place.isPresent()) {
                var others = new LinkedHashMap<>(variant.settings());
                others.remove(key);
                curves.computeIfAbsent(String.join(", ", others.values()), _ -> new ArrayList<>())
                        .add(place.get());
            }
        }
        var predictions = new ArrayList<Prediction>();
        curves.forEach(
                (label, places) -> prediction(key, label, places).ifPresent(predictions::add));
        return predictions;
    }

    private static Optional<Place> place(String key, Variant variant, VariantResult result) {
        Optional<Quantity> value =
                Quantity.parse(variant.settings().getOrDefault(key, ""))
                        .filter(quantity -> quantity.value() > 0);
        return value.flatMap(quantity ->
                renewal(key, quantity, variant, result)
                        .map(renewal -> new Place(quantity.value(), renewal)));
    }

    private static Optional<Renewal> renewal(
            String key, Quantity value, Variant variant, VariantResult result) {
        Optional<Renewal> own = variant.subject().renewal();
        boolean isInterval = key.endsWith("interval") && value.unit() == Unit.NANOSECONDS;
        return own.isPresent() || !isInterval ? own : measured(value.value(), result);
    }

    private static Optional<Renewal> measured(double interval, VariantResult result) {
        double run = 0;
        double pause = 0;
        double restart = 0;
        double checkpoints = 0;
        double failures = 0;
        for (TrialResult trial : result.trials()) {
            Breakdown time = trial.breakdown();
            run += (double) trial.virtualNanos();
            pause += (double) (time.checkpointPause() + time.faultStall() + time.logging());
            // Ranks account for their own time, and all of them are stopped by one failure.
            double ranks = (double) time.wall() / Math.max(1, trial.virtualNanos());
            restart += ranks == 0 ? 0 : (double) (time.restart() + time.down()) / ranks;
            checkpoints += (double) trial.counts().checkpoints();
            failures += (double) trial.counts().rollbacks();
        }
        return failures == 0 || checkpoints == 0 || pause == 0
                ? Optional.empty()
                : Optional.of(
                        new Renewal(
                                interval, pause / checkpoints, restart / failures, run / failures));
    }

    private static Optional<Prediction> prediction(String key, String label, List<Place> places) {
        var values = new TreeSet<Double>();
        places.forEach(place -> values.add(place.x()));
        double scale = places.getFirst().scale();
        boolean proportional =
                places.stream().allMatch(place -> Math.abs(place.scale() / scale - 1) < SAME);
        if (values.size() < FEWEST_VALUES || !proportional) {
            return Optional.empty();
        }
        double checkpoint = mean(places, Renewal::checkpoint);
        double restart = mean(places, Renewal::restart);
        double mtbf = mean(places, Renewal::mtbf);
        var curve = new ArrayList<Point>();
        double ratio = values.last() / values.first();
        for (int i = 0; i <= POINTS; i++) {
            double x = values.first() * Math.pow(ratio, (double) i / POINTS);
            double work = CheckpointInterval.efficiency(x * scale, checkpoint, restart, mtbf);
            curve.add(new Point(x, 1 - work));
        }
        double optimum = CheckpointInterval.daly(checkpoint, mtbf) / scale;
        boolean shown = optimum >= values.first() && optimum <= values.last();
        return Optional.of(
                new Prediction(
                        "Daly 2006" + (label.isEmpty() ? "" : ", " + label),
                        key,
                        Measure.OVERHEAD,
                        curve,
                        shown ? OptionalDouble.of(optimum) : OptionalDouble.empty()));
    }

    private static double mean(List<Place> places, ToDoubleFunction<Renewal> part) {
        return places.stream()
                .mapToDouble(place -> part.applyAsDouble(place.renewal()))
                .average()
                .orElseThrow();
    }
}
