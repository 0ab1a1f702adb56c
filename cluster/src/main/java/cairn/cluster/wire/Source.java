package cairn.cluster.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link Sink} was given; throws an unchecked exception where there is too little. */
final class Source {

    private final Vocabulary vocabulary;
    private final ByteBuffer bytes;

    /** The bytes from an offset on. */
    Source(byte[] array, int offset, int length, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.bytes = ByteBuffer.wrap(array, offset, length);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    int octet() {
        return Byte.toUnsignedInt(bytes.get());
    }

    boolean bool() {
        return bytes.get() != 0;
    }

    int integer() {
        return bytes.getInt();
    }

    long number() {
        return bytes.getLong();
    }

    double real() {
        return Double.longBitsToDouble(bytes.getLong());
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** A length and so many bytes. */
    byte[] bytes() {
        byte[] value = new byte[length()];
        bytes.get(value);
        return value;
    }

    /** A length, which is no more than there are bytes. */
    int length() {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    length + " are announced and " + bytes.remaining() + " bytes are left");
        }
        return length;
    }
}
