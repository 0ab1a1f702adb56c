package cairn.protocol.snapshots;

import cairn.part.snapshot.SnapshotRules;
import cairn.part.view.ViewRules;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught: those of the storage and of the watchdog (SN-6),
 * and this one.
 */
interface Rules extends SnapshotRules, ViewRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** SN-7: a planned switch-over waits until all that was done is sealed. */
    default boolean isQuiet(boolean allSealed) {
        return allSealed;
    }
}
