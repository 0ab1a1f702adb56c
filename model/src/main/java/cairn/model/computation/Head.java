package cairn.model.computation;

import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;

/**
 * The counters at the beginning of a rank's memory, before that of the computation; so they are in
 * every image. All are 8 bytes.
 *
 * <pre>
 * bytes 0..7    outputs
 * bytes 8..15   receipts, inputs included
 * 16 + 16 r     messages sent to rank r
 * 24 + 16 r     the number of the last message received from rank r
 * </pre>
 *
 * <p>No rank sends to itself. What would count that counts its inputs, in both places: what the
 * outside world sent for it, and what it received.
 */
final class Head {

    static final int OUTPUTS = 0;
    static final int RECEIPTS = 8;
    static final int CHANNEL_BYTES = 16;
    private static final int CHANNELS = 16;

    private Head() {}

    /** Whole pages. */
    static long bytes(Computation computation) {
        return pages(CHANNELS + (long) CHANNEL_BYTES * computation.ranks());
    }

    /** So many bytes and the rest of the last page. */
    static long pages(long bytes) {
        return (bytes + PagedMemory.PAGE_BYTES - 1)
                / PagedMemory.PAGE_BYTES
                * PagedMemory.PAGE_BYTES;
    }

    /** Where the counters for one rank are. */
    static long channel(int peer) {
        return CHANNELS + (long) CHANNEL_BYTES * peer;
    }

    static long sent(int to, Memory memory) {
        return memory.readLong(channel(to));
    }

    static void countSent(int to, long number, Memory memory) {
        memory.writeLong(channel(to), number);
    }

    static long received(int from, Memory memory) {
        return memory.readLong(channel(from) + Long.BYTES);
    }

    static void countReceived(int from, long number, Memory memory) {
        memory.writeLong(channel(from) + Long.BYTES, number);
        memory.writeLong(RECEIPTS, memory.readLong(RECEIPTS) + 1);
    }
}
