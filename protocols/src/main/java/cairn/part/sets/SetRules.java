package cairn.part.sets;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The decisions on which the safety of sets hangs, each in one place and replaceable by itself, so
 * that a test can make one of them wrongly and see it caught.
 */
public interface SetRules {

    /** The rules as they should be. */
    SetRules SOUND = new SetRules() {};

    /** A set that is kept, and the oldest one that it needs. */
    record Live(long epoch, long needs) {}

    /** PMU-13: the slot after the one written last; there is one more than there are units. */
    default int nextSlot(int last, int slots) {
        return (last + 1) % slots;
    }

    /** PMU-15: no set is given up that one of the newest sets needs. */
    default long oldestToKeep(ArrayDeque<Live> live, int retained) {
        long oldest = Long.MAX_VALUE;
        Iterator<Live> newestFirst = live.descendingIterator();
        for (int left = retained; left > 0 && newestFirst.hasNext(); left--) {
            oldest = Math.min(oldest, newestFirst.next().needs());
        }
        return oldest;
    }

    /** PMU-20: how many units must hold a set before it is relied upon. */
    default int holders(SetSettings settings) {
        return settings.holders();
    }

    /** PMU-11: whether what was read is what was written. */
    default boolean isWhole(long checksum, long expected) {
        return checksum == expected;
    }

    /** PMU-7: whether a set that was read is still there, and so was there all the while. */
    default boolean wasThere(CommitRecord read, CommitRing now) {
        return now.holds(read);
    }

    /** PMU-16: the set that the memory is at when one was read and {@code now} is in the ring. */
    default CommitRecord reached(CommitRecord read, CommitRing now) {
        return read;
    }
}
