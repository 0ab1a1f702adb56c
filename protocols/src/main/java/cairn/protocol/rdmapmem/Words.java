package cairn.protocol.rdmapmem;

import cairn.model.choice.Mix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Little-endian 8-byte words in arrays, and checksums over them. */
final class Words {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Words() {}

    static long get(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }

    static void put(byte[] bytes, int offset, long value) {
        LONGS.set(bytes, offset, value);
    }

    /** The checksum of a range: its CRC-32C, spread over a word so that zeros are not valid. */
    static long checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return Mix.fold(Mix.GOLDEN, crc.getValue());
    }

    /** What one page contributes to the checksum of a set: sums of these may be kept up to date. */
    static long pageChecksum(int page, byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return Mix.fold(page + 1L, crc.getValue());
    }

    /** The next multiple of a power of two. */
    static long roundUp(long value, long granule) {
        return (value + granule - 1) & -granule;
    }
}
