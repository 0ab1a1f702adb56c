package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A place that holds a constant of one enumeration, or nothing; the constant goes by its number.
 */
final class Constant implements Form {

    private static final int NONE = 255;

    private final List<?> constants;

    Constant(Class<?> type) {
        constants = List.of(type.getEnumConstants());
        if (constants.size() >= NONE) {
            throw new IllegalArgumentException("too many constants for an octet: " + type);
        }
    }

    @Override
    public void write(@Nullable Object value, Sink out) {
        out.putOctet(value == null ? NONE : constants.indexOf(value));
    }

    @Override
    public @Nullable Object read(Source in) {
        int number = in.octet();
        return number == NONE ? null : constants.get(number);
    }
}
