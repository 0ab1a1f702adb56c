package cairn.cluster.wire;

import cairn.fault.SeededChoices;
import cairn.model.Application;
import cairn.model.Protocol;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.rdma.Packet;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classes that go by a number instead of their name, which is most of a short message. Who has
 * another vocabulary cannot read what was written with this one.
 */
public final class Vocabulary {

    /** No class has a number. */
    public static final Vocabulary NONE = new Vocabulary(List.of());

    private static final int MOST = 1 << Byte.SIZE;

    private final List<Class<?>> classes;
    private final Map<Class<?>, Integer> numbers = new HashMap<>();

    private Vocabulary(List<Class<?>> classes) {
        this.classes = classes.subList(0, Math.min(MOST, classes.size()));
        for (int i = 0; i < this.classes.size(); i++) {
            numbers.put(this.classes.get(i), i);
        }
    }

    /** What places of a protocol and clients of its application say to each other. */
    public static Vocabulary of(Protocol<?> protocol, Application application) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Type implemented : protocol.getClass().getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType type
                    && type.getActualTypeArguments()[0] instanceof Class<?> messages) {
                add(messages, found);
            }
        }
        add(Packet.class, found);
        if (application instanceof Application.Served served) {
            add(Request.class, found);
            add(Response.class, found);
            // What kinds of operations there are, a service shows by its first one.
            var first = served.service().operations("", new SeededChoices(0)).next();
            add(first.getClass(), found);
            for (Class<?> family : first.getClass().getInterfaces()) {
                add(family, found);
            }
        }
        return new Vocabulary(List.copyOf(found));
    }

    /** The vocabulary whose {@link #names} these are. */
    public static Vocabulary named(List<String> names) {
        List<Class<?>> classes = new ArrayList<>();
        names.forEach(name -> classes.add(Shape.named(name)));
        return new Vocabulary(List.copyOf(classes));
    }

    /** A class, and what is sealed within it; of a sealed interface, all that it permits. */
    private static void add(Class<?> type, Set<Class<?>> found) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                add(permitted, found);
            }
        } else if (Shape.isCarried(type) && found.add(type) && type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (component.getType().isSealed()) {
                    add(component.getType(), found);
                }
            }
        }
    }

    /** The names of its classes, in the order of their numbers. */
    public List<String> names() {
        return classes.stream().map(type -> type.getName()).toList();
    }

    /** The number of a class; -1 if it has none. */
    int number(Class<?> type) {
        Integer number = numbers.get(type);
        return number == null ? -1 : number;
    }

    Class<?> numbered(int number) {
        if (number >= classes.size()) {
            throw new IllegalArgumentException("another vocabulary than this has " + number);
        }
        return classes.get(number);
    }
}
