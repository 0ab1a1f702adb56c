package cairn.part.sets;

/** How a new set of checkpoint data relates to the earlier ones. */
public enum StoreMode {
    /**
     * It takes the place of an older one (PMU-13). There are two slots, with two mirrors four, so
     * that what may have to be restored stays whole while the next set is written.
     */
    OVERWRITE,
    /** It is appended as what changed since the one before; now and then a full one (PMU-14). */
    APPEND
}
