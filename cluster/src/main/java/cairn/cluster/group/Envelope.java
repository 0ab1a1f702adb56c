package cairn.cluster.group;

import cairn.cluster.wire.Carrier;
import cairn.cluster.wire.Vocabulary;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What goes from one place to another.
 *
 * <pre>
 * byte  0      kind
 * bytes 1-2    the place that sends
 * bytes 3-4    the place that it is for
 * bytes 5-     the content
 * </pre>
 */
record Envelope(Kind kind, int from, int to, Object content) {

    private static final int HEADER_BYTES = 5;
    private static final Kind[] KINDS = Kind.values();

    /** An envelope with a content that was packed already. */
    static byte[] pack(Kind kind, int from, int to, byte[] content) {
        return ByteBuffer.allocate(HEADER_BYTES + content.length)
                .put((byte) kind.code())
                .putShort((short) from)
                .putShort((short) to)
                .put(content)
                .array();
    }

    static Envelope unpack(byte[] bytes, int offset, int length, Vocabulary vocabulary) {
        ByteBuffer header = ByteBuffer.wrap(bytes, offset, length);
        Kind kind = KINDS[header.get()];
        int from = Short.toUnsignedInt(header.getShort());
        int to = Short.toUnsignedInt(header.getShort());
        @Nullable Object content =
                Carrier.unpack(bytes, offset + HEADER_BYTES, length - HEADER_BYTES, vocabulary);
        return new Envelope(kind, from, to, Objects.requireNonNull(content));
    }
}
