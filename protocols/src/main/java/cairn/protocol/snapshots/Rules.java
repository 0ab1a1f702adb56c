package cairn.protocol.snapshots;

import cairn.part.snapshot.SnapshotRules;
import cairn.protocol.snapshots.SnapshotsMessage.Alive;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught: those of the storage, and these.
 */
interface Rules extends SnapshotRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** SN-7: a planned switch-over waits until all that was done is sealed. */
    default boolean isQuiet(boolean allSealed) {
        return allSealed;
    }

    /** SN-6: a process that answers lives only if its application goes on. */
    default boolean isSignOfLife(Alive before, Alive now) {
        return now.incarnation() != before.incarnation() || now.beats() > before.beats();
    }
}
