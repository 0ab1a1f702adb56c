package cairn.protocol.segments;

/** What to do while fewer nodes can be reached than there are to be replicas. */
public enum Shortage {
    /** Nothing is safe until the degree is reached. */
    WAIT,
    /**
     * UNSAFE: goes on with as many replicas as can be reached, even none, and promises what it
     * would with all of them. Kept to be shown failing.
     */
    GO_ON
}
