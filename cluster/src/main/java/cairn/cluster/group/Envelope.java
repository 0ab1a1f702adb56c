package cairn.cluster.group;

import cairn.cluster.wire.Carrier;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What goes from one place to another.
 *
 * <pre>
 * byte  0      kind
 * bytes 1-4    the place that sends
 * bytes 5-8    the place that it is for
 * bytes 9-     the content
 * </pre>
 */
record Envelope(Kind kind, int from, int to, Object content) {

    private static final int HEADER_BYTES = 9;
    private static final Kind[] KINDS = Kind.values();

    /** An envelope as bytes. */
    byte[] pack() {
        byte[] packed = Carrier.pack(content);
        return ByteBuffer.allocate(HEADER_BYTES + packed.length)
                .put((byte) kind.code())
                .putInt(from)
                .putInt(to)
                .put(packed)
                .array();
    }

    static Envelope unpack(byte[] bytes, int offset, int length) {
        ByteBuffer header = ByteBuffer.wrap(bytes, offset, length);
        Kind kind = KINDS[header.get()];
        int from = header.getInt();
        int to = header.getInt();
        @Nullable Object content =
                Carrier.unpack(bytes, offset + HEADER_BYTES, length - HEADER_BYTES);
        return new Envelope(kind, from, to, Objects.requireNonNull(content));
    }
}
