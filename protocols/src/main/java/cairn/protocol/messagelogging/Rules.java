package cairn.protocol.messagelogging;

import java.util.List;
import java.util.TreeSet;

/** The rules on which correctness hangs, one by one, so that tests can break one of them. */
interface Rules {

    Rules SOUND = new Rules() {};

    /** Whether a duplicate is acknowledged again (DJ-11). */
    default boolean acknowledgesDuplicates() {
        return true;
    }

    /** Whether an image holds the copies of messages that are not acknowledged (DJ-9). */
    default boolean savesCopies() {
        return true;
    }

    /** Whether an image holds the messages that have arrived and were not received yet. */
    default boolean savesArrivals() {
        return true;
    }

    /**
     * The number that is expected next of a sender whose first message after a restore arrives
     * (DJ-12).
     *
     * @param saved what the image says
     * @param arriving the number of that message
     */
    default long expected(long saved, long arriving) {
        return saved;
    }

    /** Whether a message of another era is refused. */
    default boolean isOfThisEra(long of, long era) {
        return of == era;
    }

    /** Whether a rank that stands still at a cut puts off what arrives, unacknowledged (DJ-10). */
    default boolean putsOffArrivals() {
        return true;
    }

    /** Where each rank goes back to, of the checkpoints that each one has. */
    default List<Long> line(List<? extends List<Long>> had) {
        var common = new TreeSet<>(had.getFirst());
        had.forEach(common::retainAll);
        // The beginning needs no image.
        long newest = common.isEmpty() ? 0 : common.last();
        return had.stream().map(_ -> newest).toList();
    }
}
