package cairn.protocol.segments;

import cairn.part.replica.ReplicaRules;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught: those of the replicas, and these.
 */
interface Rules extends ReplicaRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    // ---- the name

    /** CS-10: how many services must agree. */
    default int quorum(Topology topology) {
        return topology.majority();
    }

    /** CS-11: whether a service still knows, after it was started again, what it agreed to. */
    default boolean remembers() {
        return true;
    }
}
