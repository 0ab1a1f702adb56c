package cairn.part.dependency;

import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import java.util.Arrays;

/**
 * For each rank the newest state that something depends on: a life of the rank and the position of
 * an arrival in its log. Immutable.
 */
public final class DependencyVector {

    private static final int POSITION_BITS = 38;

    private final long[] states;

    private DependencyVector(long[] states) {
        this.states = states;
    }

    /** On nothing. */
    public static DependencyVector zero(int ranks) {
        return new DependencyVector(new long[ranks]);
    }

    public long life(int rank) {
        return states[rank] >>> POSITION_BITS;
    }

    public long position(int rank) {
        return states[rank] & ((1L << POSITION_BITS) - 1);
    }

    /**
     * What depends on both, where neither is lost as far as the later of two lives of a rank goes:
     * what survived the end of its life is on the disk, so that the later state is enough.
     */
    public DependencyVector merged(DependencyVector other) {
        long[] merged = states.clone();
        for (int rank = 0; rank < merged.length; rank++) {
            merged[rank] = Math.max(merged[rank], other.states[rank]);
        }
        return new DependencyVector(merged);
    }

    public DependencyVector with(int rank, long life, long position) {
        long[] changed = states.clone();
        changed[rank] = life << POSITION_BITS | position;
        return new DependencyVector(changed);
    }

    public int ranks() {
        return states.length;
    }

    public int bytes() {
        return Long.BYTES * states.length;
    }

    public void save(ByteWriter state) {
        for (long each : states) {
            state.number(each);
        }
    }

    public static DependencyVector restore(int ranks, ByteReader state) {
        long[] states = new long[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            states[rank] = state.number();
        }
        return new DependencyVector(states);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int rank = 0; rank < states.length; rank++) {
            text.append(rank == 0 ? "" : ", ")
                    .append(life(rank))
                    .append(':')
                    .append(position(rank));
        }
        return text.append(']').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DependencyVector vector && Arrays.equals(states, vector.states);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(states);
    }
}
