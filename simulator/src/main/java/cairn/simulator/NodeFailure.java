package cairn.simulator;

import cairn.model.NodeId;

/**
 * A node's own code threw: its handler, or what it calls there. That is a fault of the protocol,
 * and ends the run; whatever else a simulation throws is a fault of the testbed. The cause is what
 * was thrown.
 */
public final class NodeFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long at;

    NodeFailure(NodeId node, long at, Throwable thrown) {
        super(node + ": " + thrown, thrown);
        this.at = at;
    }

    /** When, in virtual nanoseconds. */
    public long at() {
        return at;
    }
}
