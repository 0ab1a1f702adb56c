package cairn.part;

import cairn.model.computation.Parcel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a {@link ByteWriter} wrote, in the same order. Reading beyond the end throws {@link
 * java.nio.BufferUnderflowException}.
 */
public final class ByteReader {

    private final ByteBuffer bytes;

    /** A reader of bytes, which must not be changed meanwhile. */
    public ByteReader(byte[] bytes) {
        this(bytes, 0);
    }

    /** Likewise, from a place on. */
    public ByteReader(byte[] bytes, int from) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(from);
    }

    public long number() {
        return bytes.getLong();
    }

    /** A number that was an {@code int}. */
    public int count() {
        return Math.toIntExact(bytes.getLong());
    }

    /** A number of four bytes. */
    public int small() {
        return bytes.getInt();
    }

    public byte[] bytes() {
        return bytes(count());
    }

    /** So many bytes, without a length before them. */
    public byte[] bytes(int length) {
        byte[] content = new byte[length];
        bytes.get(content);
        return content;
    }

    public Parcel parcel() {
        int from = count();
        int to = count();
        long number = number();
        return new Parcel(from, to, number, bytes());
    }

    public List<Parcel> parcels() {
        List<Parcel> parcels = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            parcels.add(parcel());
        }
        return parcels;
    }

    /** How many bytes are left. */
    public int left() {
        return bytes.remaining();
    }
}
