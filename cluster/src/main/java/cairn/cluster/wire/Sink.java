package cairn.cluster.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, the most significant first. */
final class Sink {

    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int FIRST_BYTES = 256;

    private final Vocabulary vocabulary;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    /** An empty one; classes of a vocabulary go by their numbers. */
    Sink(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The place of some more bytes. */
    private int more(int count) {
        int at = size;
        size += count;
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
        return at;
    }

    void putOctet(int value) {
        int at = more(1);
        bytes[at] = (byte) value;
    }

    void putBool(boolean value) {
        putOctet(value ? 1 : 0);
    }

    void putInteger(int value) {
        int at = more(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    void putNumber(long value) {
        int at = more(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    void putReal(double value) {
        putNumber(Double.doubleToRawLongBits(value));
    }

    void putText(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A length and so many bytes. */
    void putBytes(byte[] value) {
        putInteger(value.length);
        int at = more(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
