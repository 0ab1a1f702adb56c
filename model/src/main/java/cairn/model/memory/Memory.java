package cairn.model.memory;

/**
 * Byte-addressed memory of one machine, as its processor sees it: a load returns the newest visible
 * value. Addresses count bytes from zero; multi-byte numbers are little endian; every alignment is
 * allowed and exact (PMU-19). An access outside [0, size) throws {@link IndexOutOfBoundsException}
 * and changes nothing.
 */
public interface Memory {

    /** The number of bytes. */
    long size();

    /**
     * Copies {@code length} bytes at {@code address} to {@code target}, beginning at {@code
     * offset}.
     */
    void read(long address, byte[] target, int offset, int length);

    /**
     * Stores {@code length} bytes of {@code source}, beginning at {@code offset}, to {@code
     * address}.
     */
    void write(long address, byte[] source, int offset, int length);

    /** Eight bytes as one little-endian number. */
    long readLong(long address);

    /** Stores eight bytes, little endian; never torn when the address is a multiple of eight. */
    void writeLong(long address, long value);
}
