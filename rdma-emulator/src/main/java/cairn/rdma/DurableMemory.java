package cairn.rdma;

import cairn.model.memory.PersistentMemoryPort;

/**
 * Persistent memory as the adapter of its machine reaches it. What a peer wrote was accepted first,
 * is visible after a drain, and durable where the platform says so or after a flush.
 */
public interface DurableMemory extends PersistentMemoryPort {

    /** What the machine is built like. */
    Platform platform();

    /**
     * The adapter accepts a remote write; the bytes must not change afterwards.
     *
     * @param ordered whether it must land after what its connection wrote before
     */
    void accept(
            WriteStream stream,
            boolean ordered,
            long address,
            byte[] source,
            int offset,
            int length);

    /** Makes a connection's earlier writes visible; returns how many bytes moved. */
    long drain(int connection);

    /** Makes all writes that were accepted for a range visible. */
    void drainRange(long address, long length);

    /** Moves a range from the cache into the persistence domain; returns how many bytes moved. */
    long flush(long address, long length);

    /** A store of the adapter that takes effect at once: results of READs, atomics. */
    void storeNow(long address, byte[] source, int offset, int length);

    /**
     * The adapter fails or is reset: what is in its buffers is lost; what is visible stays. Returns
     * what was lost.
     */
    Loss nicLoss();
}
