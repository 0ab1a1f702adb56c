package cairn.report;

import java.util.List;

/**
 * One run of one variant under one seed: what was judged and what was measured.
 *
 * @param digest the digest of the trace, in hexadecimal
 * @param virtualNanos how long the run took in virtual time
 * @param requestLatency from the intended start of a request to its answer
 * @param checkpointLatency from the start of a checkpoint to its acknowledgement
 * @param recovery from a failure to the first work after it
 * @param throughput requests answered over time
 * @param breakdown where the wall time went
 */
public record TrialResult(
        long seed,
        String digest,
        long virtualNanos,
        Counts counts,
        List<PropertyOutcome> properties,
        DurationHistogram requestLatency,
        DurationHistogram checkpointLatency,
        DurationHistogram recovery,
        Throughput throughput,
        List<FaultMark> faults,
        Breakdown breakdown,
        Replay replay) {

    public TrialResult {
        if (virtualNanos < 0) {
            throw new IllegalArgumentException(
                    "a run cannot end before it starts: " + virtualNanos);
        }
        properties = List.copyOf(properties);
        faults = faults.stream().sorted().toList();
    }

    /** The worst that was found; inconclusive if nothing was judged or promised. */
    public Finding finding() {
        Finding worst =
                properties.stream()
                        .map(PropertyOutcome::finding)
                        .reduce(Finding.NOT_PROMISED, Finding::and);
        return worst == Finding.NOT_PROMISED ? Finding.INCONCLUSIVE : worst;
    }
}
