package cairn.simulator.kernel;

import java.util.Arrays;

/**
 * The memory that all buckets share: chains of small chunks of (time, ticket) pairs.
 *
 * <p>A chunk is a power of two of longs. Its first long is the position of the next chunk, its
 * second is unused, pairs follow. A chain is known by its head (the position of its first chunk)
 * and its end (the position after its last pair); an empty chain has both 0. Pairs are read in the
 * order in which they were appended.
 */
final class Chains {
    private static final int CHUNK = 32;

    private long[] cells = new long[64 * CHUNK];
    private int used = CHUNK;
    private int free;

    /** Where the pair that follows {@code end} goes; a new chunk is linked where one is full. */
    int room(int end) {
        if ((end & (CHUNK - 1)) != 0) {
            return end;
        }
        int chunk = chunk();
        if (end != 0) {
            cells[end - CHUNK] = chunk;
        }
        return chunk + 2;
    }

    /** Writes a pair at a position that {@link #room} answered; the chain's new end is 2 after. */
    void put(int position, long time, long ticket) {
        cells[position] = time;
        cells[position + 1] = ticket;
    }

    static int first(int head) {
        return head + 2;
    }

    static int head(int firstPosition) {
        return firstPosition - 2;
    }

    long time(int position) {
        return cells[position];
    }

    long ticket(int position) {
        return cells[position + 1];
    }

    /** The position of the pair after this one, in a chain that has this end; or the end. */
    int next(int position, int end) {
        int next = position + 2;
        return (next & (CHUNK - 1)) != 0 || next == end ? next : (int) cells[next - CHUNK] + 2;
    }

    /** As {@link #next}, and gives the chunk that is left back: its pairs are gone. */
    int nextFreeing(int position, int end) {
        int next = position + 2;
        if ((next & (CHUNK - 1)) != 0 && next != end) {
            return next;
        }
        int chunk = position & -CHUNK;
        int following = next == end ? end : (int) cells[chunk] + 2;
        cells[chunk] = free;
        free = chunk;
        return following;
    }

    private int chunk() {
        int chunk = free;
        if (chunk != 0) {
            free = (int) cells[chunk];
            return chunk;
        }
        if (used == cells.length) {
            cells = Arrays.copyOf(cells, 2 * cells.length);
        }
        chunk = used;
        used += CHUNK;
        return chunk;
    }
}
