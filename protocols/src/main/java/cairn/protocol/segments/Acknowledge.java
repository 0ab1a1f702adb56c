package cairn.protocol.segments;

/** When a node counts as holding a copy, and so when a version is safe. */
public enum Acknowledge {
    /**
     * When the copy has reached the node's checkpoint service. Fast; a service that starts again
     * holds nothing that counts, so a version survives as many crashes as it has replicas, and no
     * loss of power.
     */
    RECEIVED,
    /** When the copy is durable on the node's disk: it survives crashes and losses of power. */
    DURABLE
}
