package cairn.experiment.trial;

import cairn.cluster.memory.Barrier;

import java.util.List;

/**
 * What came of one run on real processes.
 *
 * @param detectionNanos how long the group took to find each failure
 * @param barriers what protected the pages of each process that has memory
 * @param clockErrorNanos how far times of different hosts may be off at most; zero on one machine
 */
public record LiveTrial(
        Outcome outcome, List<Long> detectionNanos, List<Barrier> barriers, long clockErrorNanos) {
    public LiveTrial {
        barriers = List.copyOf(barriers);
        detectionNanos = List.copyOf(detectionNanos);
    }
}
