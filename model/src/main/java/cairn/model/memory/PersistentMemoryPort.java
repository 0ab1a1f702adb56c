package cairn.model.memory;

/**
 * Persistent memory as the program of its own machine sees it. A store is visible at once and
 * durable only after {@link #persist}, or when the platform's persistence domain holds the caches.
 */
public interface PersistentMemoryPort extends Memory {

    /**
     * Writes the dirty cache lines that hold a range back to the memory controller and fences
     * (clwb, sfence). The call returns at once; the range as it was at the call is durable when the
     * driver reports {@code token}, and not before.
     */
    void persist(long address, long length, long token);
}
