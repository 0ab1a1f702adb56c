package cairn.part;

import cairn.model.computation.Parcel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers, byte strings and messages one after the other, for the state in an image or a record of
 * a log; {@link ByteReader} reads them back. Numbers take eight bytes, little endian; a byte string
 * is preceded by its length.
 */
public final class ByteWriter {

    private byte[] bytes = new byte[256];
    private ByteBuffer view = view(bytes);
    private int size;

    private static ByteBuffer view(byte[] of) {
        return ByteBuffer.wrap(of).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int grow(int by) {
        int at = size;
        size = Math.addExact(size, by);
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
            view = view(bytes);
        }
        return at;
    }

    public ByteWriter number(long value) {
        int at = grow(Long.BYTES);
        view.putLong(at, value);
        return this;
    }

    public ByteWriter bytes(byte[] content) {
        return number(content.length).raw(content);
    }

    /** A number of four bytes. */
    public ByteWriter small(int value) {
        int at = grow(Integer.BYTES);
        view.putInt(at, value);
        return this;
    }

    /** Bytes without their length before them. */
    public ByteWriter raw(byte[] content) {
        int at = grow(content.length);
        System.arraycopy(content, 0, bytes, at, content.length);
        return this;
    }

    public ByteWriter parcel(Parcel parcel) {
        return number(parcel.from())
                .number(parcel.to())
                .number(parcel.number())
                .bytes(parcel.content());
    }

    /** How many there are, and then each. */
    public ByteWriter parcels(List<Parcel> parcels) {
        number(parcels.size());
        parcels.forEach(this::parcel);
        return this;
    }

    /** How many bytes were written. */
    public int size() {
        return size;
    }

    /** All that was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** All that was written, and a {@link Seal} behind it. */
    public byte[] sealed() {
        return Seal.close(Arrays.copyOf(bytes, size + Seal.BYTES));
    }
}
