package cairn.report;

import cairn.report.plot.Axis;
import cairn.report.plot.Mark;
import cairn.report.plot.Plot;
import cairn.report.plot.Point;
import cairn.report.plot.Style;
import cairn.report.statistics.Unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Throughput over the time of single runs with the faults marked. Runs are not averaged: under
 * other seeds faults strike at other times, and the dents would blur. The run shown is the first in
 * which a fault struck. Variants share a plot if they met the same faults at the same times.
 */
final class ThroughputPlots {
    private static final int MOST_TOGETHER = 4;
    private static final int MOST_PLOTS = 6;
    private static final int LONGEST_NAME = 60;

    // What an axis from zero leaves above its largest value, which time does not need.
    private static final double HEADROOM = 1.04;

    private ThroughputPlots() {}

    /** The run of the variant with the number, counted from 0. */
    private record Run(int number, String label, TrialResult trial) {
        Style style() {
            return Style.of(number);
        }

        double end() {
            return (double) trial.throughput().buckets() * trial.throughput().bucketNanos();
        }

        /** Without a last bucket that the run did not fill, which would look like a dent. */
        List<Point> points() {
            Throughput throughput = trial.throughput();
            var points = new ArrayList<Point>();
            for (int bucket = 0; bucket < throughput.buckets(); bucket++) {
                if ((bucket + 1) * throughput.bucketNanos() <= trial.virtualNanos()) {
                    double middle = (bucket + 0.5) * throughput.bucketNanos();
                    points.add(new Point(middle, throughput.perSecond(bucket)));
                }
            }
            return points;
        }
    }

    static List<Plot> of(ExperimentResult result) {
        var runs = new ArrayList<Run>();
        for (VariantResult variant : result.variants()) {
            variant.trials().stream()
                    .filter(trial -> trial.throughput().buckets() > 1)
                    .filter(trial -> !trial.faults().isEmpty())
                    .findFirst()
                    .or(() ->
                            variant.trials().stream()
                                    .filter(t -> t.throughput().buckets() > 1)
                                    .findFirst())
                    .ifPresent(trial ->
                            runs.add(
                                    new Run(
                                            result.variants().indexOf(variant),
                                            variant.label(),
                                            trial)));
        }
        runs.removeIf(run -> run.points().isEmpty());
        if (runs.isEmpty()) {
            return List.of();
        }
        // All plots have the same axes, so that variants can be compared from plot to plot.
        Axis time =
                Axis.fromZero(
                        "Virtual time",
                        Unit.NANOSECONDS,
                        runs.stream().mapToDouble(Run::end).max().orElse(0) / HEADROOM);
        Axis rate =
                Axis.fromZero(
                        "Requests",
                        Unit.PER_SECOND,
                        runs.stream()
                                .flatMap(run -> run.points().stream())
                                .mapToDouble(Point::y)
                                .toArray());
        boolean together =
                runs.size() <= MOST_TOGETHER
                        && runs.stream().map(run -> run.trial().faults()).distinct().count() == 1;
        if (together) {
            return List.of(plot("throughput", "Throughput over time", time, rate, runs));
        }
        return runs.stream()
                .limit(MOST_PLOTS)
                .map(run ->
                        plot(
                                "throughput-" + fileName(run),
                                "Throughput over time: " + run.label(),
                                time,
                                rate,
                                List.of(run)))
                .toList();
    }

    /** The number keeps apart labels that differ only in what a file name cannot have. */
    private static String fileName(Run run) {
        String plain = run.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String name = (run.number() + 1 + "-" + plain).replaceAll("-+", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-$", "");
    }

    private static Plot plot(String name, String title, Axis time, Axis rate, List<Run> runs) {
        var marks = new ArrayList<Mark>();
        var keys = new ArrayList<Plot.Key>();
        for (FaultMark fault : runs.getFirst().trial().faults()) {
            marks.add(new Mark.Rule(fault.atNanos(), fault.label()));
        }
        for (Run run : runs) {
            marks.add(new Mark.Curve(run.points(), run.style(), false));
            keys.add(new Plot.SeriesKey(run.label(), run.style(), true, false));
        }
        boolean sameSeed = runs.stream().map(run -> run.trial().seed()).distinct().count() == 1;
        long bucket = runs.getFirst().trial().throughput().bucketNanos();
        return new Plot(
                name,
                title,
                "Requests answered in "
                        + (runs.size() == 1 ? "one run" : "one run of each variant")
                        + (sameSeed ? " (seed " + runs.getFirst().trial().seed() + ", " : " (")
                        + (runs.size() == 1 ? "n = 1)" : "n = 1 per curve)")
                        + ", counted in steps of "
                        + Unit.NANOSECONDS.text((double) bucket)
                        + (runs.getFirst().trial().faults().isEmpty()
                                ? "."
                                : "; dashed lines mark faults."),
                time,
                rate,
                List.of(),
                runs.size() > 1 ? keys : List.of(),
                marks);
    }
}
