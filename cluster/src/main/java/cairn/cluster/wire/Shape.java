package cairn.cluster.wire;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What objects of one class consist of. A record is made by its constructor, which checks it; an
 * object of another final class is made without one, and is what it was.
 */
final class Shape {

    private static final String HOUSE = "cairn.";

    private static final ClassValue<Shape> SHAPES =
            new ClassValue<>() {
                @Override
                protected Shape computeValue(Class<?> type) {
                    return new Shape(type);
                }
            };

    private static final ConcurrentHashMap<String, Class<?>> NAMED = new ConcurrentHashMap<>();

    private final Class<?> type;
    private final Field[] fields;
    private final Form[] forms;
    private final Constructor<?> constructor;

    private Shape(Class<?> type) {
        if (!isCarried(type)) {
            throw new IllegalArgumentException(
                    "only values of this house travel between processes: " + type.getName());
        }
        this.type = type;
        this.fields = fields(type);
        this.forms =
                Arrays.stream(fields).map(Field::getGenericType).map(Form::of).toArray(Form[]::new);
        this.constructor = constructor(type);
    }

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /**
     * Whether objects of a class are values: records, final classes, and those without fields, such
     * as the sound rules of a protocol, which are nameless; of this house.
     */
    static boolean isCarried(Class<?> type) {
        return type.getName().startsWith(HOUSE)
                && !type.isHidden()
                && !type.isInterface()
                && type.getSuperclass() != null
                && (type.isRecord() || type.getSuperclass() == Object.class)
                && (Modifier.isFinal(type.getModifiers()) || fields(type).length == 0);
    }

    /** The class of a name, which must be of this house. */
    static Class<?> named(String name) {
        Class<?> known = NAMED.get(name);
        if (known != null) {
            return known;
        }
        if (!name.startsWith(HOUSE)) {
            throw new IllegalArgumentException("not a class of this house: " + name);
        }
        try {
            Class<?> type = Class.forName(name);
            NAMED.put(name, type);
            return type;
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("another build than this one knows " + name, e);
        }
    }

    private static Field[] fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields.toArray(new Field[0]);
    }

    private static Constructor<?> constructor(Class<?> type) {
        try {
            Constructor<?> constructor =
                    type.isRecord()
                            ? type.getDeclaredConstructor(
                                    Arrays.stream(type.getRecordComponents())
                                            .map(RecordComponent::getType)
                                            .toArray(Class<?>[]::new))
                            : withoutConstructor(type);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a " + type.getName(), e);
        }
    }

    /** What serialization makes objects with, found by name: compilers warn of the class. */
    private static Constructor<?> withoutConstructor(Class<?> type)
            throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Object made = factory.getMethod("getReflectionFactory").invoke(null);
        return (Constructor<?>)
                factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                        .invoke(made, type, Object.class.getDeclaredConstructor());
    }

    void write(Object object, Sink out) {
        try {
            for (int i = 0; i < fields.length; i++) {
                forms[i].write(fields[i].get(object), out);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    Object read(Source in) {
        @Nullable Object[] values = new @Nullable Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = forms[i].read(in);
        }
        try {
            if (type.isRecord()) {
                return constructor.newInstance(values);
            }
            Object made = constructor.newInstance();
            for (int i = 0; i < fields.length; i++) {
                fields[i].set(made, values[i]);
            }
            return made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("what arrived is no " + type.getName(), e);
        }
    }
}
