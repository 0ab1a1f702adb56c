package cairn.experiment.trial;

import java.util.List;

/**
 * What came of one run on real processes.
 *
 * @param detectionNanos how long the group took to find each failure
 */
public record LiveTrial(Outcome outcome, List<Long> detectionNanos) {
    public LiveTrial {
        detectionNanos = List.copyOf(detectionNanos);
    }
}
