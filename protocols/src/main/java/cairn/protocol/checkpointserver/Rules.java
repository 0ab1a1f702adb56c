package cairn.protocol.checkpointserver;

import cairn.model.Epoch;
import cairn.part.view.ViewRules;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught.
 */
interface Rules extends ViewRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    // ---- in the replica manager

    /** A view is durable before anybody acts on it. */
    default boolean registersBeforeActing() {
        return true;
    }

    // ---- in the checkpoint server

    /** Who was replaced stores nothing any more. */
    default boolean isOutranked(long term, long highest) {
        return term < highest;
    }

    /** What was on its way for long takes no newer checkpoint's place. */
    default boolean isOld(Epoch checkpoint, Epoch newest) {
        return !checkpoint.isAfter(newest);
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
