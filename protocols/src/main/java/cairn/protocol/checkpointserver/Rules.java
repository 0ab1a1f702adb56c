package cairn.protocol.checkpointserver;

import cairn.protocol.checkpointserver.CheckpointServerMessage.Alive;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught.
 */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    // ---- in the watchdog

    /** A host that answers is well only if its application goes on. */
    default boolean isSignOfLife(Alive before, Alive now) {
        return now.incarnation() > before.incarnation() || now.beats() > before.beats();
    }

    // ---- in the replica manager

    /** A view is durable before anybody acts on it. */
    default boolean registersBeforeActing() {
        return true;
    }

    /** A backup that is lost is replaced by a host that has no part. */
    default boolean recruits(View before) {
        return true;
    }

    // ---- in the checkpoint server

    /** Who was replaced stores nothing any more. */
    default boolean isOutranked(long term, long highest) {
        return term < highest;
    }

    /** A checkpoint is acknowledged when it is durable. */
    default boolean mayAcknowledge(boolean durable) {
        return durable;
    }

    /** A backup goes on from what it holds only if that is the newest. */
    default boolean goesOnFromHeld(boolean isNewest) {
        return isNewest;
    }
}
