package cairn.rdma;

/** Where the newest copy of a byte is on its way to persistence. */
public enum Place {
    /**
     * In the adapter or in the PCIe and I/O buffers: accepted, perhaps acknowledged, not visible.
     */
    ADAPTER,
    /** In the last-level cache: visible. */
    CACHE,
    /** In the memory controller's write-pending queue: inside every persistence domain. */
    QUEUE,
    MEDIA
}
