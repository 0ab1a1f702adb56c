package cairn.virtual.jgroups;

import cairn.model.fault.FaultTally;

import java.util.List;
import java.util.OptionalLong;

/**
 * How a run of a group went.
 *
 * @param digest the trace hash: two runs with one digest took the same course, down to the bytes of
 *     each message
 * @param endNanos virtual time of the end
 * @param events how many kernel events
 * @param slices how many slices of threads
 * @param healedNanos when the last fault was healed; zero if there was none
 * @param convergedNanos since when all members have the view that has them all, if they do
 * @param gaveUp how many operations of members failed
 * @param journal what happened, in its order
 * @param faults what became of each fault of the plan: those planned, then those at random
 */
public record GroupResult(
        long digest,
        long endNanos,
        long events,
        long slices,
        long healedNanos,
        OptionalLong convergedNanos,
        long gaveUp,
        List<GroupEvent> journal,
        List<FaultTally> faults) {

    public GroupResult {
        journal = List.copyOf(journal);
        faults = List.copyOf(faults);
    }
}
