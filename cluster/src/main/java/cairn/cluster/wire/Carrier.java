package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Carries immutable objects of this house between processes: records by their components, other
 * final classes by their fields, and what collections, arrays and numbers they hold. Messages of
 * protocols need no code for it; a protocol itself can be carried as well.
 *
 * <p>Both ends run the same build. A class is named where its place does not say which it is. What
 * is no value, such as a lambda expression or a thread, is refused with {@link
 * IllegalArgumentException}.
 */
public final class Carrier {

    private Carrier() {}

    /** An object as bytes. */
    public static byte[] pack(@Nullable Object object) {
        try {
            var bytes = new ByteArrayOutputStream(256);
            var out = new DataOutputStream(bytes);
            write(object, out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The object that was made into bytes. */
    public static @Nullable Object unpack(byte[] bytes, int offset, int length) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(bytes, offset, length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an object of any class. */
    public static void write(@Nullable Object object, DataOutputStream out) throws IOException {
        Form.ANY.write(object, out);
    }

    /** Reads what {@link #write} wrote. */
    public static @Nullable Object read(DataInputStream in) throws IOException {
        return Form.ANY.read(in);
    }
}
