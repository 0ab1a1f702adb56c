package cairn.fault.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the position of a search: cells with tabs between, written one after the other and read
 * in the same order.
 */
final class Cells {

    private static final String TAB = "\t";

    private final List<String> cells;
    private int read;

    Cells() {
        cells = new ArrayList<>();
    }

    /** A line that was written. */
    Cells(String line) {
        cells = List.of(line.split(TAB, -1));
    }

    Cells with(long number) {
        return with(String.valueOf(number));
    }

    Cells with(String text) {
        cells.add(text);
        return this;
    }

    Cells with(List<Order> orders) {
        with(orders.size());
        for (Order order : orders) {
            with(order.choice()).with(order.count()).with(order.value());
            with(order.kind().name());
        }
        return this;
    }

    String next() {
        if (read == cells.size()) {
            throw new IllegalArgumentException("the position of a search ends early: " + this);
        }
        return cells.get(read++);
    }

    long number() {
        return Long.parseLong(next());
    }

    int size() {
        return Math.toIntExact(number());
    }

    List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        for (int left = size(); left > 0; left--) {
            orders.add(new Order(next(), number(), number(), Order.Kind.valueOf(next())));
        }
        return orders;
    }

    @Override
    public String toString() {
        return String.join(TAB, cells);
    }
}
