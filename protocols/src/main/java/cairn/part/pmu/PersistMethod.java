package cairn.part.pmu;

/** How a client makes sure that bytes which it wrote are durable. */
public enum PersistMethod {
    /**
     * RDMA FLUSH with type PERSISTENT. Needs an adapter and a platform that implement it; where
     * they do not, a unit refuses to lay out regions.
     */
    NATIVE_FLUSH,
    /**
     * An RDMA READ behind the writes pushes them out of adapter and I/O buffers. Durable where
     * those lead to the memory controller (DDIO off) or where caches are inside the persistence
     * domain (eADR); <b>not</b> on ADR with DDIO on.
     */
    READ_AFTER_WRITE,
    /** A SEND asks the unit's processor to flush and to reply. Durable everywhere (PMU-2 not). */
    TWO_SIDED,
    /**
     * <b>Unsafe:</b> the completion of the write is taken for durability. It only says that the
     * adapter has the bytes.
     */
    COMPLETION_ONLY
}
