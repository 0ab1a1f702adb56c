package cairn.protocol.migration;

import cairn.part.transfer.TransferRules;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught. Those about memory are {@link TransferRules}.
 */
interface Rules extends TransferRules {

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

    /** A page that was mapped anew is a page that changed. */
    default boolean mindsRemaps() {
        return true;
    }

    /** What arrived and was not received moves too. */
    default boolean carriesInbox() {
        return true;
    }
}
