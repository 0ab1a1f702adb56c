package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

/**
 * A place that holds a constant of one enumeration, or nothing; the constant goes by its number.
 */
final class Constant implements Form {

    private static final int NONE = 255;

    private final @Nullable Object[] constants;

    Constant(Class<?> type) {
        constants = type.getEnumConstants();
        if (constants.length >= NONE) {
            throw new IllegalArgumentException("too many constants for an octet: " + type);
        }
    }

    @Override
    public void write(@Nullable Object value, Sink out) {
        out.putOctet(value == null ? NONE : ((Enum<?>) value).ordinal());
    }

    @Override
    public @Nullable Object read(Source in) {
        int number = in.octet();
        return number == NONE ? null : constants[number];
    }
}
