package cairn.protocol.migration;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught.
 */
interface Rules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** A source that sees no progress asks; it does not go on by itself. */
    default boolean asksBeforeGoingOn() {
        return true;
    }

    /** A target that has all it needs waits until the process is given to it. */
    default boolean waitsForWord() {
        return true;
    }

    /** What changed in the last round is sent while the process stands still. */
    default boolean sendsLastChanges() {
        return true;
    }

    /** Stores are recorded before the first page of a round is read. */
    default boolean recordsBeforeReading() {
        return true;
    }

    /** A page that was mapped anew is a page that changed. */
    default boolean mindsRemaps() {
        return true;
    }

    /** What arrived and was not received moves too. */
    default boolean carriesInbox() {
        return true;
    }

    /** A page that comes twice, when a demand for it crossed it, is put in place once. */
    default boolean installs(boolean isAbsent) {
        return isAbsent;
    }
}
