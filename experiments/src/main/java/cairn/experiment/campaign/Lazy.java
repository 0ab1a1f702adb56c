package cairn.experiment.campaign;

import java.util.AbstractList;
import java.util.List;
import java.util.function.IntFunction;

/** A list whose items are made each time that they are asked for, and not kept. */
final class Lazy<T> extends AbstractList<T> {

    /** So many trials are kept in memory; beyond, they are read from disk again and again. */
    static final int KEPT = 20_000;

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

    @Override
    public T get(int index) {
        return item.apply(index);
    }

    @Override
    public int size() {
        return size;
    }
}
