package cairn.part.incremental;

/** How it is learned which pages change, once all that a checkpoint stores are stored. */
public enum Tracking {
    /** Pages stay protected: the first store to each faults, and is recorded. */
    FAULTS,
    /** Stores pass and the kernel notes them; at the cut it is asked for all at once. */
    SCAN
}
