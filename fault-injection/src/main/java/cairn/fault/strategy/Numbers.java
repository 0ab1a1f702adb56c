package cairn.fault.strategy;

import java.util.ArrayDeque;
import java.util.TreeSet;

/**
 * The numbers of attempts that stand alone, each given out once; those that were under way when a
 * search was broken off come first in the next.
 */
final class Numbers {

    private final TreeSet<Long> underWay = new TreeSet<>();
    private final ArrayDeque<Long> again = new ArrayDeque<>();
    private long next;

    long take() {
        Long broken = again.poll();
        long number = broken == null ? next++ : broken;
        underWay.add(number);
        return number;
    }

    void done(long number) {
        underWay.remove(number);
    }

    /** How many were given out. */
    long taken() {
        return next - again.size();
    }

    String position() {
        Cells cells = new Cells().with(next).with(underWay.size() + again.size());
        underWay.forEach(cells::with);
        again.forEach(cells::with);
        return cells.toString();
    }

    void resume(String position) {
        Cells cells = new Cells(position);
        next = cells.number();
        for (int left = cells.size(); left > 0; left--) {
            again.add(cells.number());
        }
    }
}
