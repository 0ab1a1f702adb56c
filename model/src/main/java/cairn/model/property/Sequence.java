package cairn.model.property;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

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

        /** If it was taken back, the mark before it on its way; null for the beginning. */
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

    /**
     * Goes to the newest mark of an epoch, or to the beginning if there is none. Returns how many
     * values at the front are certainly the ones that were there before.
     */
    int goTo(long epoch) {
        Mark target = find(epoch);
        Mark kept = target;
        while (kept != null && kept.tail != null) {
            kept = kept.base;
        }
        takeBack(kept);
        bringBack(target);
        count = target == null ? 0 : target.count;
        return kept == null ? 0 : kept.count;
    }

    /**
     * Takes back all behind a mark, from one mark to the next, so that each value is kept once.
     * Marks that are not taken back lie on one way, in the order in which they were made.
     */
    private void takeBack(@Nullable Mark target) {
        Mark before = target;
        for (int i = target == null ? 0 : placeOf(target) + 1; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            if (mark.tail == null) {
                mark.base = before;
                mark.tail = Arrays.copyOfRange(values, mark.from(), mark.count);
                before = mark;
            }
        }
    }

    private int placeOf(Mark mark) {
        int place = marks.size() - 1;
        while (!marks.get(place).equals(mark)) {
            place--;
        }
        return place;
    }

    private void bringBack(@Nullable Mark target) {
        Deque<Mark> nearestFirst = new ArrayDeque<>();
        for (Mark mark = target; mark != null && mark.tail != null; mark = mark.base) {
            nearestFirst.addFirst(mark);
        }
        for (Mark mark : nearestFirst) {
            long[] tail = Objects.requireNonNull(mark.tail);
            values = LongTable.withRoomFor(values, mark.count);
            System.arraycopy(tail, 0, values, mark.from(), tail.length);
            mark.tail = null;
            mark.base = null;
        }
    }
}
