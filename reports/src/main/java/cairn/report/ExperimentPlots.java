package cairn.report;

import cairn.report.plot.Plot;

import java.util.ArrayList;
import java.util.List;

/** Which plots an experiment has. A plot that would show nothing is left out. */
public final class ExperimentPlots {
    // What variants are compared by, in the order of a reader's interest.
    private static final List<Measure> COMPARED =
            List.of(
                    Measure.CHECKPOINT_P50,
                    Measure.REQUEST_P50,
                    Measure.REQUEST_P99,
                    Measure.THROUGHPUT,
                    Measure.OVERHEAD,
                    Measure.MIGRATION_DOWNTIME,
                    Measure.MIGRATION_BYTES,
                    Measure.MIGRATION_ROUNDS);

    private ExperimentPlots() {}

    /** All plots in the order of the page. */
    public static List<Plot> of(ExperimentResult result) {
        var plots = new ArrayList<Plot>();
        boolean swept = Sweeps.isSwept(result);
        for (Measure measure : COMPARED) {
            if (swept) {
                plots.addAll(Sweeps.of(result, measure));
            } else {
                ComparisonPlot.of(result, measure).ifPresent(plots::add);
            }
        }
        LatencyPlots.cdf(result).ifPresent(plots::add);
        LatencyPlots.percentiles(result).ifPresent(plots::add);
        plots.addAll(CoursePlots.of(result));
        RecoveryPlot.of(result).ifPresent(plots::add);
        BreakdownPlot.of(result).ifPresent(plots::add);
        ParetoPlot.of(result).ifPresent(plots::add);
        return plots;
    }
}
