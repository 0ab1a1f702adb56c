package cairn.model.verbs;

/**
 * Rights of a memory region, a memory window or a queue pair. A region that grants {@link
 * #REMOTE_WRITE} or {@link #REMOTE_ATOMIC} must grant {@link #LOCAL_WRITE} (ibv_reg_mr(3)).
 */
public enum Access {
    /** The adapter may write to the region for its own machine: receives, read results. */
    LOCAL_WRITE,
    REMOTE_READ,
    REMOTE_WRITE,
    REMOTE_ATOMIC,
    /** Memory windows may be bound to the region. */
    WINDOW_BIND,
    /** A remote FLUSH may ask for visibility. */
    FLUSH_GLOBAL,
    /** A remote FLUSH may ask for persistence; only where the platform implements it. */
    FLUSH_PERSISTENT,
    /**
     * Writes to the region may land in any order; a completion still implies that earlier data is
     * visible.
     */
    RELAXED_ORDERING
}
