package cairn.simulator;

import cairn.model.fault.FaultTally;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;

import java.util.List;

/**
 * How a run went.
 *
 * @param digest the trace hash: two runs with one digest took the same course
 * @param endNanos virtual time of the end
 * @param events how many kernel events
 * @param answered how many requests were answered
 * @param finished whether all were
 * @param networkBytes bytes sent over both networks
 * @param stableBytes bytes written to disks and, over RDMA, to persistent memory
 * @param judgements one for each property, in the order of the properties
 * @param faults what became of each fault of the plan: those planned, then those at random
 */
public record RunResult(
        long digest,
        long endNanos,
        long events,
        long answered,
        boolean finished,
        long networkBytes,
        long stableBytes,
        List<Judgement> judgements,
        List<FaultTally> faults) {

    public RunResult {
        judgements = List.copyOf(judgements);
        faults = List.copyOf(faults);
    }

    /** Whether any property was violated. */
    public boolean isViolated() {
        return judgements.stream().anyMatch(Judgement::isViolated);
    }

    /** The verdict of one property; throws if it was not judged. */
    public Verdict verdict(String property) {
        for (Judgement judgement : judgements) {
            if (judgement.property().equals(property)) {
                return judgement.verdict();
            }
        }
        throw new IllegalArgumentException("not judged: " + property);
    }
}
