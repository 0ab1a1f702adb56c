package cairn.protocol.dirtypages;

/** What becomes of messages that are under way at a cut. */
public enum InFlight {
    /** They belong to the image: what was not acknowledged, and what was not received. */
    SAVE,
    /** Ranks stop, and the cut waits until all have arrived. */
    DRAIN
}
