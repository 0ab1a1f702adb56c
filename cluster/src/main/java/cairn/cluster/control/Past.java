package cairn.cluster.control;

/** What happened to a machine since its last process. */
public enum Past {
    /** Only the process ended; what the operating system had is there. */
    KEPT,
    /** Power or operating system failed: what was not durable is gone. */
    LOST_VOLATILE,
    /** Another machine took its place, and nothing is there. */
    BLANK
}
