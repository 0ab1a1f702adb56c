package cairn.model.property;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Values in order, which can be taken back to what they were at a mark. What is taken back is kept
 * with the marks that lie in it: whoever goes to one of these later has its values again, although
 * others took their place meanwhile.
 */
final class Sequence {

    private final List<Mark> marks = new ArrayList<>();
    private long[] values = new long[16];
    private int count;

    /** How long it was at some time. */
    private static final class Mark {
        private final long epoch;
        private final int count;

        /** Where it was taken back to, if it was; null for the beginning. */
        private @Nullable Mark base;

        /** If it was taken back, its values from there on. */
        private long @Nullable [] tail;

        private Mark(long epoch, int count) {
            this.epoch = epoch;
            this.count = count;
        }

        private int from() {
            return base == null ? 0 : base.count;
        }
    }

    void add(long value) {
        values = LongTable.withRoomFor(values, count);
        values[count++] = value;
    }

    int count() {
        return count;
    }

    /** A value, counted from one. */
    long get(int number) {
        return values[number - 1];
    }

    /** Gives what there is now the name of an epoch. */
    void mark(long epoch) {
        marks.add(new Mark(epoch, count));
    }

    /** How many values there were at the newest mark of an epoch; none if there is no mark. */
    int countAt(long epoch) {
        Mark mark = find(epoch);
        return mark == null ? 0 : mark.count;
    }

    private @Nullable Mark find(long epoch) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (marks.get(i).epoch == epoch) {
                return marks.get(i);
            }
        }
        return null;
    }

    /** Goes to the newest mark of an epoch, or to the beginning if there is none. */
    void goTo(long epoch) {
        Mark target = find(epoch);
        Mark kept = target;
        while (kept != null && kept.tail != null) {
            kept = kept.base;
        }
        takeBack(kept);
        bringBack(target);
        count = target == null ? 0 : target.count;
    }

    private void takeBack(@Nullable Mark target) {
        for (int i = marks.size() - 1; i >= 0 && !marks.get(i).equals(target); i--) {
            Mark mark = marks.get(i);
            if (mark.tail == null) {
                mark.base = target;
                mark.tail = Arrays.copyOfRange(values, mark.from(), mark.count);
            }
        }
    }

    private void bringBack(@Nullable Mark mark) {
        if (mark == null || mark.tail == null) {
            return;
        }
        bringBack(mark.base);
        values = LongTable.withRoomFor(values, mark.count);
        System.arraycopy(mark.tail, 0, values, mark.from(), mark.tail.length);
        mark.tail = null;
        mark.base = null;
    }
}
