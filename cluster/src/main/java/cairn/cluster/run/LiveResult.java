package cairn.cluster.run;

import cairn.cluster.memory.Barrier;
import cairn.model.Observation;
import cairn.model.fault.FaultTally;
import cairn.model.property.Judgement;

import java.util.List;

/**
 * How a live run went.
 *
 * @param endNanos when it ended, in real nanoseconds since its beginning
 * @param answered how many requests were answered, or ranks have finished
 * @param finished whether all were
 * @param networkBytes bytes that members sent to each other, without JGroups' own
 * @param stableBytes bytes written to files and persistent memory
 * @param barriers what protected the pages of each process that has memory
 * @param detectionNanos from each crash, pause or isolation to the first view without the member
 * @param tallies what became of each fault of the plan: those planned, then those at random; what
 *     one does inside of a process is not seen, and counts as an effect
 * @param clockErrorNanos how far times of different hosts may be off at most; zero on one machine
 * @param judgements one for each property, in their order
 * @param observations what was observed, in the order of time
 */
public record LiveResult(
        long endNanos,
        long answered,
        boolean finished,
        long networkBytes,
        long stableBytes,
        List<Barrier> barriers,
        List<Long> detectionNanos,
        List<FaultTally> tallies,
        long clockErrorNanos,
        List<Judgement> judgements,
        List<Observation> observations) {

    public LiveResult {
        barriers = List.copyOf(barriers);
        detectionNanos = List.copyOf(detectionNanos);
        tallies = List.copyOf(tallies);
        judgements = List.copyOf(judgements);
        observations = List.copyOf(observations);
    }

    /**
     * When the last thing was observed; nodes go on for a moment after the end, until they stop.
     */
    public long silentSinceNanos() {
        return observations.isEmpty() ? endNanos : Math.max(endNanos, observations.getLast().at());
    }
}
