package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

/** A place that holds objects of one final class, or nothing. */
final class Exact implements Form {

    private final Class<?> type;

    Exact(Class<?> type) {
        this.type = type;
    }

    @Override
    public void write(@Nullable Object value, Sink out) {
        out.putBool(value != null);
        if (value != null) {
            // Asked for now and not at first, for classes that hold themselves.
            Shape.of(type).write(value, out);
        }
    }

    @Override
    public @Nullable Object read(Source in) {
        return in.bool() ? Shape.of(type).read(in) : null;
    }
}
