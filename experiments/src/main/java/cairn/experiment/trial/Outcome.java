package cairn.experiment.trial;

import cairn.report.Breakdown;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.FaultMark;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.Replay;
import cairn.report.Throughput;
import cairn.report.TrialResult;

import java.util.List;

/** What came of one run; the components are those of {@link TrialResult}. */
public record Outcome(
        String digest,
        long virtualNanos,
        Counts counts,
        List<PropertyOutcome> properties,
        DurationHistogram requestLatency,
        DurationHistogram checkpointLatency,
        DurationHistogram recovery,
        Throughput throughput,
        List<FaultMark> faults,
        Breakdown breakdown) {

    public Outcome {
        properties = List.copyOf(properties);
        faults = List.copyOf(faults);
    }

    /** The outcome as the result of a trial. */
    public TrialResult result(long seed, Replay replay) {
        return new TrialResult(
                seed,
                digest,
                virtualNanos,
                counts,
                properties,
                requestLatency,
                checkpointLatency,
                recovery,
                throughput,
                faults,
                breakdown,
                replay);
    }

    /** Whether the run violates a property. */
    public boolean violates(String property) {
        return properties.stream()
                .anyMatch(outcome ->
                        outcome.id().equals(property) && outcome.finding() == Finding.VIOLATED);
    }

    /** The worst that was found; inconclusive if nothing was judged. */
    public Finding finding() {
        Finding worst =
                properties.stream()
                        .map(PropertyOutcome::finding)
                        .reduce(Finding.NOT_PROMISED, Finding::and);
        return worst == Finding.NOT_PROMISED ? Finding.INCONCLUSIVE : worst;
    }
}
