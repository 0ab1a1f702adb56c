package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

/**
 * Carries immutable objects of this house between processes: records by their components, other
 * final classes by their fields, and what collections, arrays and numbers they hold. Messages of
 * protocols need no code for it; a protocol itself can be carried as well.
 *
 * <p>Both ends run the same build. A class is named, or numbered by a {@link Vocabulary}, where its
 * place does not say which it is. What is no value, such as a lambda expression or a thread, is
 * refused with {@link IllegalArgumentException}.
 */
public final class Carrier {

    private Carrier() {}

    /** An object as bytes. */
    public static byte[] pack(@Nullable Object object) {
        return pack(object, Vocabulary.NONE);
    }

    /** An object as bytes, for an end that has the same vocabulary. */
    public static byte[] pack(@Nullable Object object, Vocabulary vocabulary) {
        Sink out = new Sink(vocabulary);
        Form.ANY.write(object, out);
        return out.toBytes();
    }

    /** The object that was made into bytes. */
    public static @Nullable Object unpack(byte[] bytes, int offset, int length) {
        return unpack(bytes, offset, length, Vocabulary.NONE);
    }

    /** The object that was made into bytes by an end that has the same vocabulary. */
    public static @Nullable Object unpack(
            byte[] bytes, int offset, int length, Vocabulary vocabulary) {
        return Form.ANY.read(new Source(bytes, offset, length, vocabulary));
    }
}
