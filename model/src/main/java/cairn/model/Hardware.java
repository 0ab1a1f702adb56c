package cairn.model;

import java.util.List;

/**
 * What a machine has.
 *
 * @param memoryBytes size of the process's paged memory: what the application sees and checkpoints
 *     hold
 * @param bufferBytes size of plain memory beside it, for network buffers; no checkpoint holds it
 * @param persistentBytes size of its persistent memory, zero for none
 * @param nic whether it has an RDMA network interface
 * @param disk whether it has a disk
 * @param cores cores beside the one of the event loop
 */
public record Hardware(
        long memoryBytes,
        long bufferBytes,
        long persistentBytes,
        boolean nic,
        boolean disk,
        int cores) {

    /** A machine with a processor, one more core, and nothing else. */
    public static final Hardware PLAIN = new Hardware(0, 0, 0, false, false, 1);

    public Hardware {
        if (memoryBytes < 0 || bufferBytes < 0 || persistentBytes < 0 || cores < 0) {
            throw new IllegalArgumentException(
                    "sizes must not be negative: "
                            + List.of(memoryBytes, bufferBytes, persistentBytes, cores));
        }
    }

    public Hardware withMemory(long bytes) {
        return new Hardware(bytes, bufferBytes, persistentBytes, nic, disk, cores);
    }

    public Hardware withPersistentMemory(long bytes) {
        return new Hardware(memoryBytes, bufferBytes, bytes, nic, disk, cores);
    }

    /** With so many cores beside the one of the event loop. */
    public Hardware withCores(int number) {
        return new Hardware(memoryBytes, bufferBytes, persistentBytes, nic, disk, number);
    }

    /** With an RDMA interface, and buffers for it. */
    public Hardware withNic(long buffers) {
        return new Hardware(memoryBytes, buffers, persistentBytes, true, disk, cores);
    }

    public Hardware withDisk() {
        return new Hardware(memoryBytes, bufferBytes, persistentBytes, nic, true, cores);
    }
}
