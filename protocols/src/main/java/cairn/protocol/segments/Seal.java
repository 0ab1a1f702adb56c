package cairn.protocol.segments;

import cairn.model.choice.Mix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The last eight bytes of a file: a checksum of the others. */
final class Seal {

    static final int BYTES = Long.BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Seal() {}

    /** Puts the checksum in its place. */
    static byte[] close(byte[] bytes) {
        LONGS.set(bytes, bytes.length - BYTES, checksum(bytes));
        return bytes;
    }

    static boolean isWhole(byte[] bytes) {
        return bytes.length >= BYTES
                && (long) LONGS.get(bytes, bytes.length - BYTES) == checksum(bytes);
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - BYTES);
        return Mix.fold(Mix.GOLDEN, crc.getValue());
    }
}
