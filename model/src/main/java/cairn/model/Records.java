package cairn.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * A record made from another one: settings that differ from the default in what is named, as an
 * experiment file names it.
 *
 * <pre>{@code
 * Records.like(RdmaPmemSettings.DEFAULT).with("mirrors", 2).with("regions", 3).made()
 * }</pre>
 */
public final class Records<R extends Record> {

    private final Class<R> type;
    private final List<String> names;
    private final Object[] values;

    @SuppressWarnings("unchecked")
    private Records(R usual) {
        type = (Class<R>) usual.getClass();
        RecordComponent[] components = type.getRecordComponents();
        names = Arrays.stream(components).map(RecordComponent::getName).toList();
        values = Arrays.stream(components).map(component -> valueOf(component, usual)).toArray();
    }

    private static Object valueOf(RecordComponent component, Record of) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    /** Begins with a record as it is. */
    public static <R extends Record> Records<R> like(R usual) {
        return new Records<>(usual);
    }

    /**
     * Changes a component.
     *
     * @throws IllegalArgumentException if the record has no such component
     */
    public Records<R> with(String component, Object value) {
        int place = names.indexOf(component);
        if (place < 0) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " has no '" + component + "'");
        }
        values[place] = value;
        return this;
    }

    /** The record; throws {@link IllegalArgumentException} if its constructor refuses a value. */
    public R made() {
        return make(type, values);
    }

    /** A record of all its components; what its constructor refuses is thrown as it is. */
    public static <R extends Record> R make(Class<R> type, Object... values) {
        Class<?>[] types =
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make " + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + type.getName(), e);
        }
    }
}
