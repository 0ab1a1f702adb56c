package cairn.cluster.control;

import cairn.cluster.group.Member;
import cairn.cluster.memory.Barrier;
import cairn.model.Observation;
import cairn.model.fault.Moment;

import java.util.List;

/** What a node process tells its launcher, over its standard output. */
public sealed interface Report {

    /** The process runs, and waits for orders. */
    record Started(long pid) implements Report {}

    /** The monotonic clock of the process's host. */
    record Pong(long nanos) implements Report {}

    /** It is a member of the group. */
    record Joined() implements Report {}

    /** Something was observed. */
    record Seen(Observation observation) implements Report {}

    /** Something happened that a fault waits for. */
    record Reached(Moment moment) implements Report {}

    /** Its view changed; at the instant zero, before the run began. */
    record Viewed(long at, List<Member> members) implements Report {
        public Viewed {
            members = List.copyOf(members);
        }
    }

    /**
     * Something that a node sent here did not arrive at once, or not as one: the first from a place
     * under these orders.
     */
    record Spoilt(int weather, int from) implements Report {}

    /** What the process holds of its machine. */
    record Held(Holdings holdings) implements Report {}

    /** The node asked for its own end. */
    record Halting(String reason) implements Report {}

    /** The process cannot go on for a reason that no protocol knows. */
    record Broken(String reason) implements Report {}

    /**
     * The last words of one that was stopped.
     *
     * @param networkBytes what all processes of its place sent, former ones too
     * @param stableBytes what they wrote to stable storage
     */
    record Stopped(String waitsFor, long networkBytes, long stableBytes, Barrier barrier)
            implements Report {}
}
