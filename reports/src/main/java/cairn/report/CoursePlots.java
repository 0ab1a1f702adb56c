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
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;

/**
 * Throughput and latency over the time of single runs with the faults marked. Runs are not
 * averaged: under other seeds faults strike at other times, and the dents would blur. The run shown
 * is the first in which a fault struck. Variants share a plot if they met the same faults at the
 * same times and took about as long: ten milliseconds are invisible beside eight seconds.
 */
final class CoursePlots {
    private static final int MOST_TOGETHER = 4;
    private static final int MOST_PLOTS = 6;
    private static final int LONGEST_NAME = 60;
    private static final long ANSWERS_IN_A_STEP = 16;
    private static final int FEWEST_STEPS = 40;

    // A run that is shorter by more than this has its own axis.
    private static final double ALIKE = 4;

    // What an axis from zero leaves above its largest value, which time does not need.
    private static final double HEADROOM = 1.04;

    private CoursePlots() {}

    /**
     * The run of the variant with the number, counted from 0.
     *
     * @param course in steps that are fit to be looked at
     */
    private record Run(int number, String label, TrialResult trial, Throughput course) {

        Run(int number, String label, TrialResult trial) {
            this(number, label, trial, trial.throughput().inSteps(ANSWERS_IN_A_STEP, FEWEST_STEPS));
        }

        Style style() {
            return Style.of(number);
        }

        double end() {
            return (double) course.buckets() * course.bucketNanos();
        }

        List<Point> rate() {
            return points(course::perSecond);
        }

        /** Where nothing was answered there is a gap. */
        List<Point> latency(IntToLongFunction nanos) {
            return points(bucket -> {
                long value = nanos.applyAsLong(bucket);
                return value == Throughput.UNKNOWN ? Double.NaN : Math.max(1, value);
            });
        }

        /** Without a last bucket that the run did not fill, which would look like a dent. */
        private List<Point> points(IntToDoubleFunction value) {
            var points = new ArrayList<Point>();
            for (int bucket = 0; bucket < course.buckets(); bucket++) {
                if ((bucket + 1) * course.bucketNanos() <= trial.virtualNanos()) {
                    double middle = (bucket + 0.5) * course.bucketNanos();
                    points.add(new Point(middle, value.applyAsDouble(bucket)));
                }
            }
            return points;
        }
    }

    static List<Plot> of(ExperimentResult result) {
        var plots = new ArrayList<Plot>();
        for (Group group : groups(runs(result))) {
            plots.add(throughput(group));
            latency(group).ifPresent(plots::add);
        }
        return plots;
    }

    private static List<Run> runs(ExperimentResult result) {
        var runs = new ArrayList<Run>();
        for (VariantResult variant : result.variants()) {
            variant.pooled()
                    .course()
                    .ifPresent(trial ->
                            runs.add(
                                    new Run(
                                            result.variants().indexOf(variant),
                                            variant.label(),
                                            trial)));
        }
        runs.removeIf(run -> run.rate().isEmpty());
        return runs;
    }

    /**
     * Runs that share their plots, and the end of their time axis.
     *
     * @param name what tells the plots of this group from those of others; empty if there is one
     */
    private record Group(String name, List<Run> runs, double end) {

        Axis time() {
            return Axis.fromZero("Virtual time", Unit.NANOSECONDS, end / HEADROOM);
        }

        String title() {
            return name.isEmpty()
                    ? ""
                    : ": " + runs.stream().map(Run::label).collect(Collectors.joining(", "));
        }
    }

    private static List<Group> groups(List<Run> runs) {
        boolean sameFaults = runs.stream().map(run -> run.trial().faults()).distinct().count() == 1;
        var clusters = new ArrayList<List<Run>>();
        for (Run run : runs) {
            clusters.stream()
                    .filter(cluster -> sameFaults && cluster.size() < MOST_TOGETHER)
                    .filter(cluster -> cluster.stream().allMatch(other -> isAlike(run, other)))
                    .findFirst()
                    .orElseGet(() -> {
                        clusters.add(new ArrayList<>());
                        return clusters.getLast();
                    })
                    .add(run);
        }
        // Plots of runs that took about as long have one axis, to be compared from plot to plot.
        return clusters.stream()
                .limit(MOST_PLOTS)
                .map(cluster ->
                        new Group(
                                clusters.size() == 1 ? "" : "-" + fileName(cluster.getFirst()),
                                cluster,
                                runs.stream()
                                        .filter(run -> isAlike(run, cluster.getFirst()))
                                        .mapToDouble(Run::end)
                                        .max()
                                        .orElse(1)))
                .toList();
    }

    private static boolean isAlike(Run one, Run other) {
        double ratio = one.end() / other.end();
        return ratio <= ALIKE && ratio >= 1 / ALIKE;
    }

    private static Plot throughput(Group group) {
        var marks = rules(group);
        var keys = new ArrayList<Plot.Key>();
        for (Run run : group.runs()) {
            marks.add(new Mark.Curve(run.rate(), run.style(), false));
            keys.add(new Plot.SeriesKey(run.label(), run.style(), true, false));
        }
        return new Plot(
                "throughput" + group.name(),
                "Throughput over time" + group.title(),
                "Requests answered in " + source(group) + steadily(group),
                group.time(),
                Axis.fromZero("Requests", Unit.PER_SECOND, values(marks)),
                group.runs().size() > 1 ? keys : List.of(),
                marks);
    }

    /** How fast each run is when it has settled, where it does. */
    private static String steadily(Group group) {
        var said = new ArrayList<String>();
        for (Run run : group.runs()) {
            Steady.of(run.trial())
                    .ifPresent(steady ->
                            said.add(
                                    (group.runs().size() == 1 ? "" : run.label() + " ")
                                            + steady.text()));
        }
        return said.isEmpty() ? "" : " Settled: " + String.join("; ", said) + ".";
    }

    /** The worst of each step, for a stall of one request is what failover looks like. */
    private static Optional<Plot> latency(Group group) {
        var marks = rules(group);
        var keys = new ArrayList<Plot.Key>();
        boolean single = group.runs().size() == 1;
        for (Run run : group.runs()) {
            Throughput course = run.course();
            marks.add(new Mark.Curve(run.latency(course::worstNanos), run.style(), false));
            keys.add(new Plot.SeriesKey(single ? "worst" : run.label(), run.style(), true, false));
            if (single) {
                Style mean = Style.of(run.number() + 1);
                marks.add(new Mark.Curve(run.latency(course::meanNanos), mean, false));
                keys.add(new Plot.SeriesKey("mean", mean, true, false));
            }
        }
        double[] values = values(marks);
        if (values.length == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Plot(
                        "latency-over-time" + group.name(),
                        "Latency over time" + group.title(),
                        (single ? "Worst and mean" : "Worst")
                                + " latency of the requests answered in each step, from when they"
                                + " were due; gaps where none was answered. Requests of "
                                + source(group),
                        group.time(),
                        Axis.suited("Request latency", Unit.NANOSECONDS, values),
                        keys,
                        marks));
    }

    private static double[] values(List<Mark> marks) {
        return marks.stream()
                .filter(Mark.Curve.class::isInstance)
                .flatMap(mark -> ((Mark.Curve) mark).points().stream())
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .toArray();
    }

    private static List<Mark> rules(Group group) {
        var rules = new ArrayList<Mark>();
        for (FaultMark fault : group.runs().getFirst().trial().faults()) {
            rules.add(new Mark.Rule(fault.atNanos(), fault.label()));
        }
        return rules;
    }

    private static String source(Group group) {
        List<Run> runs = group.runs();
        TrialResult first = runs.getFirst().trial();
        boolean sameSeed = runs.stream().map(run -> run.trial().seed()).distinct().count() == 1;
        List<Long> steps = runs.stream().map(run -> run.course().bucketNanos()).distinct().toList();
        return (runs.size() == 1 ? "one run" : "one run of each variant")
                + (sameSeed ? " (seed " + first.seed() + ", " : " (")
                + (runs.size() == 1 ? "n = 1)" : "n = 1 per curve)")
                + ", in steps of "
                + steps.stream()
                        .map(step -> Unit.NANOSECONDS.text((double) step))
                        .collect(Collectors.joining(" and "))
                + (first.faults().isEmpty() ? "." : "; dashed lines mark faults.");
    }

    /** The number keeps apart labels that differ only in what a file name cannot have. */
    private static String fileName(Run run) {
        String plain = run.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String name = (run.number() + 1 + "-" + plain).replaceAll("-+", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("-$", "");
    }
}
