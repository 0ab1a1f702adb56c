package cairn.rdma;

import cairn.model.choice.Choices;
import cairn.model.memory.PersistentMemoryPort;

/** Persistent memory of one machine and the path that leads to it, by byte. */
public final class PersistentMemory implements PersistentMemoryPort {

    /** What persistent memory needs of its machine. */
    public interface Host {
        /** Virtual time in nanoseconds. */
        long now();

        /**
         * Tells the program after a delay that the flush with a token is done, unless the machine
         * has failed meanwhile.
         */
        void persisted(long delayNanos, long token);
    }

    private final long size;

    /** {@code name} begins the names of the choices that are asked: "pmem n2". */
    public PersistentMemory(
            String name,
            long size,
            Platform platform,
            RdmaCosts costs,
            Host host,
            Choices choices) {
        this.size = size;
        if (size <= 0 || name.isBlank()) {
            throw new IllegalArgumentException(
                    "persistent memory has a name and a size: '" + name + "', " + size);
        }
        throw new UnsupportedOperationException(platform + " " + costs + host + choices);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long address, byte[] target, int offset, int length) {
        if (size > 0) throw new UnsupportedOperationException();
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        if (size > 0) throw new UnsupportedOperationException();
    }

    @Override
    public long readLong(long address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeLong(long address, long value) {
        if (size > 0) throw new UnsupportedOperationException();
    }

    @Override
    public void persist(long address, long length, long token) {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /** The program dies, the machine lives: nothing is lost; what is on its way moves on. */
    public void processCrash() {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /**
     * The machine restarts without losing power: what is outside memory controller and media may be
     * lost.
     */
    public void warmReset() {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /**
     * Power fails: what is outside the persistence domain is lost, except for 8-byte words that
     * happened to get there.
     */
    public void powerLoss() {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /** The adapter fails or is reset: what is in its buffers and in the I/O buffers is lost. */
    public void nicLoss() {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /** The modules are gone and blank ones take their place: every byte is zero. */
    public void permanentLoss() {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /** Media decay: in each 64-byte line of a range one bit, asked of the choices, is inverted. */
    public void rot(long address, long length) {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /** Inverts one bit, 0 to 7, of a byte in the media. */
    public void flip(long address, int bit) {
        if (size > 0) throw new UnsupportedOperationException();
    }

    /** The newest place in which a byte is. */
    public Place placeOf(long address) {
        if (size > 0) throw new UnsupportedOperationException();
        return Place.MEDIA;
    }
}
