package cairn.experiment.campaign;

import java.util.AbstractList;
import java.util.List;
import java.util.function.IntFunction;

/** A list whose items are made each time that they are asked for, and not kept. */
final class Lazy<T> extends AbstractList<T> {

    private final int size;
    private final IntFunction<T> item;

    private Lazy(int size, IntFunction<T> item) {
        this.size = size;
        this.item = item;
    }

    /** A list that keeps its items if it may. */
    static <T> List<T> list(int size, boolean keeps, IntFunction<T> item) {
        var lazy = new Lazy<>(size, item);
        return keeps ? List.copyOf(lazy) : lazy;
    }

    /** Whether a list makes its items each time. */
    static boolean is(List<?> list) {
        return list instanceof Lazy;
    }

    @Override
    public T get(int index) {
        return item.apply(index);
    }

    @Override
    public int size() {
        return size;
    }
}
