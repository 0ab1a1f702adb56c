package cairn.model.property;

import cairn.model.NodeId;

import java.util.List;

/**
 * How a run ended.
 *
 * @param at virtual time of the end, in nanoseconds
 * @param healthySince when the last fault was healed
 * @param finished whether all that the workload wanted was answered
 * @param waiting which process waits for what, for the diagnosis if it is not finished
 */
public record Ending(long at, long healthySince, boolean finished, List<Waiting> waiting) {

    public Ending {
        waiting = List.copyOf(waiting);
    }

    /** What one process waits for. */
    public record Waiting(NodeId node, boolean up, String waitsFor) {}
}
