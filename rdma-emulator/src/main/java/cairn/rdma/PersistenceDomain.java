package cairn.rdma;

/**
 * How far down the path a byte must have come to survive a loss of power. Sources: Linux
 * ND_REGION_PERSIST_MEMCTRL and ND_REGION_PERSIST_CACHE; the taxonomy of Kashyap et al.,
 * arXiv:1909.02092, for the names.
 */
public enum PersistenceDomain {
    /**
     * Asynchronous DRAM refresh: the memory controller's write-pending queue drains. Caches are
     * lost.
     */
    ADR,
    /** Extended ADR: processor caches drain as well. The adapter's and the I/O buffers are lost. */
    EADR,
    /** Whole-system persistence: whatever the adapter has accepted survives. */
    WSP
}
