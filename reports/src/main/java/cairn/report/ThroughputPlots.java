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
 * Throughput over the time of single runs with the faults marked. Runs are not averaged: under other
 * seeds faults strike at other times, and the dents would blur. The run shown is the first in which a
 * fault struck. Variants share a plot if they met the same faults at the same times.
 */
final class ThroughputPlots {
    private static final int MOST_TOGETHER = 4;
    private static final int MOST_PLOTS = 6;

    private ThroughputPlots() {}

    private record Run(String label, TrialResult trial) {}

    static List<Plot> of(ExperimentResult result) {
        var runs = new ArrayList<Run>();
        for (VariantResult variant : result.variants()) {
            variant.trials().stream()
                    .filter(trial -> trial.throughput().buckets() > 1)
                    .filter(trial -> !trial.faults().isEmpty())
                    .findFirst()
                    .or(
                            () ->
                                    variant.trials().stream()
                                            .filter(t -> t.throughput().buckets() > 1)
                                            .findFirst())
                    .ifPresent(trial -> runs.add(new Run(variant.label(), trial)));
        }
        if (runs.isEmpty()) {
            return List.of();
        }
        boolean together =
                runs.size() <= MOST_TOGETHER
                        && runs.stream().map(run -> run.trial().faults()).distinct().count() == 1;
        if (together) {
            return List.of(plot("throughput", "Throughput over time", runs));
        }
        return runs.stream()
                .limit(MOST_PLOTS)
                .map(run -> plot("throughput-" + fileName(run), title(run), List.of(run)))
                .toList();
    }

    private static String title(Run run) {
        return "Throughput over time: " + run.label();
    }

    private static String fileName(Run run) {
        String plain = run.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String kept = plain.replaceAll("^-|-$", "");
        // A label of other letters would leave no name; its hash still tells variants apart.
        return kept.isEmpty() ? Integer.toHexString(run.label().hashCode()) : kept;
    }

    private static Plot plot(String name, String title, List<Run> runs) {
        var marks = new ArrayList<Mark>();
        for (FaultMark fault : runs.getFirst().trial().faults()) {
            marks.add(new Mark.Rule(fault.atNanos(), fault.label()));
        }
        double longest = 0;
        double most = 0;
        var keys = new ArrayList<Plot.Key>();
        for (int i = 0; i < runs.size(); i++) {
            Throughput throughput = runs.get(i).trial().throughput();
            var points = new ArrayList<Point>();
            for (int bucket = 0; bucket < throughput.buckets(); bucket++) {
                double rate = throughput.perSecond(bucket);
                points.add(new Point((bucket + 0.5) * throughput.bucketNanos(), rate));
                most = Math.max(most, rate);
            }
            longest = Math.max(longest, throughput.buckets() * (double) throughput.bucketNanos());
            marks.add(new Mark.Curve(points, Style.of(i), false));
            keys.add(new Plot.SeriesKey(runs.get(i).label(), Style.of(i), true, false));
        }
        String seeds =
                runs.stream().map(run -> run.trial().seed()).distinct().count() == 1
                        ? "seed " + runs.getFirst().trial().seed()
                        : "the first seed of each variant with a fault";
        return new Plot(
                name,
                title,
                "Requests answered in single runs ("
                        + seeds
                        + "; n = 1 per curve), counted in steps of "
                        + Unit.NANOSECONDS.text((double) runs.getFirst().trial().throughput().bucketNanos())
                        + "; dashed lines mark faults.",
                Axis.fromZero("Virtual time", Unit.NANOSECONDS, longest / 1.04),
                Axis.fromZero("Requests", Unit.PER_SECOND, most),
                List.of(),
                runs.size() > 1 ? keys : List.of(),
                marks);
    }
}
