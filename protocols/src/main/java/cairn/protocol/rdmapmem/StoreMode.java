package cairn.protocol.rdmapmem;

/** How a new set of checkpoint data relates to the earlier ones. */
public enum StoreMode {
    /**
     * It takes the place of an older one (PMU-13). One slot more than there are mirrors, so that
     * the newest set of each mirror stays whole while the next is written.
     */
    OVERWRITE,
    /** It is appended as what changed since the one before; now and then a full one (PMU-14). */
    APPEND
}
