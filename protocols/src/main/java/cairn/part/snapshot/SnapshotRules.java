package cairn.part.snapshot;

import cairn.model.memory.PagedMemory;

/**
 * The decisions on which the safety of snapshots hangs, each in one place and replaceable by
 * itself, so that a test can make one of them wrongly and see it caught.
 */
public interface SnapshotRules {

    /** The rules as they should be. */
    SnapshotRules SOUND = new SnapshotRules() {};

    /** SN-2: what is transferred is the page as it was at the cut, not as it is now. */
    default void copyPage(
            SharedSnapshot snapshot, int page, PagedMemory memory, byte[] into, int offset) {
        snapshot.copyPage(page, memory, into, offset);
    }

    /** What is sealed is not needed in memory any more: copies made for it are given up. */
    default boolean givesUpSealed() {
        return true;
    }

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
