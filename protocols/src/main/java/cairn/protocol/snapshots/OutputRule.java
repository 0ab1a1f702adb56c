package cairn.protocol.snapshots;

/** When an answer may leave. */
public enum OutputRule {
    /** When a snapshot that contains what is behind it is sealed. */
    HELD,
    /**
     * At once, as the patent has it: a failure loses what clients were told since the last
     * snapshot. UNSAFE, but for planned switch-overs.
     */
    AT_ONCE
}
