package cairn.protocol.snapshots;

import cairn.model.memory.PagedMemory;
import cairn.part.SharedSnapshot;
import cairn.protocol.snapshots.SnapshotsMessage.Alive;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught.
 */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    // ---- in an instance

    /** SN-2: what is transferred is the page as it was at the cut, not as it is now. */
    default void copyPage(
            SharedSnapshot snapshot, int page, PagedMemory memory, byte[] into, int offset) {
        snapshot.copyPage(page, memory, into, offset);
    }

    /** SN-7: a planned switch-over waits until all that was done is sealed. */
    default boolean isQuiet(boolean allSealed) {
        return allSealed;
    }

    // ---- in a daemon

    /** SN-6: a process that answers lives only if its application goes on. */
    default boolean isSignOfLife(Alive before, Alive now) {
        return now.incarnation() != before.incarnation() || now.beats() > before.beats();
    }

    // ---- in the storage

    /** SN-6: who was replaced writes nothing any more. */
    default boolean isOutranked(long term, long highest) {
        return term < highest;
    }

    /** SN-8: a snapshot is written where no snapshot is that may be needed. */
    default boolean isFree(boolean holdsSealed, boolean isBeingWritten) {
        return !holdsSealed && !isBeingWritten;
    }

    /** SN-8: nothing is sealed before it is durable, and a seal counts when it is so itself. */
    default boolean sealsWhatIsDurable() {
        return true;
    }

    /** SN-8: whether what was read is what was written. */
    default boolean isWhole(long checksum, long expected) {
        return checksum == expected;
    }

    /** A snapshot that turns out to be damaged is passed over for an older one. */
    default boolean mayFallBack() {
        return true;
    }
}
