package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;

/** How the values of one place, such as a component of a record, are written. */
interface Form {

    /** A place that says nothing of what it holds. */
    Form ANY = new Tagged();

    void write(@Nullable Object value, Sink out);

    @Nullable Object read(Source in);

    /** The form of a place of a declared type. */
    static Form of(Type declared) {
        if (declared instanceof ParameterizedType parameterized
                && parameterized.getRawType() == List.class) {
            return new ListForm(of(parameterized.getActualTypeArguments()[0]));
        }
        Class<?> type =
                declared instanceof Class<?> plain
                        ? plain
                        : declared instanceof ParameterizedType parameterized
                                ? (Class<?>) parameterized.getRawType()
                                : Object.class;
        if (type.isPrimitive()) {
            return Primitive.of(type);
        }
        if (type.isEnum()) {
            return new Constant(type);
        }
        // The one class that can stand there need not be named.
        return Shape.isCarried(type) && Modifier.isFinal(type.getModifiers()) && !type.isInterface()
                ? new Exact(type)
                : ANY;
    }
}
