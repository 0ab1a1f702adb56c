package cairn.model.computation;

import cairn.model.choice.Mix;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A message of one rank to another: immutable. */
public final class Parcel {

    /** Sender, receiver, number and length on the wire. */
    public static final int HEADER_BYTES = 24;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int from;
    private final int to;
    private final long number;
    private final byte[] content;
    private final long digest;

    /**
     * A message with its content.
     *
     * @param number how many messages this sender has sent to this receiver, this one included
     */
    public Parcel(int from, int to, long number, byte[] content) {
        this.from = from;
        this.to = to;
        this.number = number;
        this.content = content.clone();
        this.digest = digest(content);
    }

    private static long digest(byte[] content) {
        long digest = content.length;
        int i = 0;
        for (; i + Long.BYTES <= content.length; i += Long.BYTES) {
            digest = (digest ^ (long) LONGS.get(content, i)) * Mix.GOLDEN;
            digest ^= digest >>> 32;
        }
        for (; i < content.length; i++) {
            digest = (digest ^ content[i]) * Mix.GOLDEN;
        }
        return Mix.mix(digest);
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** How many messages this sender has sent to this receiver, this one included. */
    public long number() {
        return number;
    }

    /** Bytes of content. */
    public int length() {
        return content.length;
    }

    /** A copy of the content. */
    public byte[] content() {
        return content.clone();
    }

    /** The same for the same content. */
    public long digest() {
        return digest;
    }

    /** Size on the wire in bytes. */
    public int bytes() {
        return HEADER_BYTES + content.length;
    }

    byte[] raw() {
        return content;
    }

    @Override
    public String toString() {
        return from + "->" + to + " #" + number + " (" + content.length + " B)";
    }
}
