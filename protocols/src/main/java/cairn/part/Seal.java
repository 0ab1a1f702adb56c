package cairn.part;

import cairn.model.choice.Mix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A checksum behind what it covers, in eight bytes: tells whether that is as it was written, or was
 * torn, cut off, or never there. Zeros are not whole.
 */
public final class Seal {

    /** How many bytes it takes. */
    public static final int BYTES = Long.BYTES;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Seal() {}

    /** Puts the checksum in the last eight bytes; returns the same array. */
    public static byte[] close(byte[] bytes) {
        LONGS.set(bytes, bytes.length - BYTES, checksum(bytes, 0, bytes.length - BYTES));
        return bytes;
    }

    /** Whether an array ends with the checksum of what comes before. */
    public static boolean isWhole(byte[] bytes) {
        return isWhole(bytes, 0, bytes.length);
    }

    /** Whether a part of an array does; false if that leaves the array. */
    public static boolean isWhole(byte[] bytes, int at, int length) {
        return length >= BYTES
                && at + length <= bytes.length
                && (long) LONGS.get(bytes, at + length - BYTES)
                        == checksum(bytes, at, length - BYTES);
    }

    private static long checksum(byte[] bytes, int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, at, length);
        return Mix.fold(Mix.GOLDEN, crc.getValue());
    }
}
