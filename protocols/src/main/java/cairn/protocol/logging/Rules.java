package cairn.protocol.logging;

/** The rules on which correctness hangs, one by one, so that tests can break one of them. */
interface Rules {

    Rules SOUND = new Rules() {};

    /** Whether a pessimistic receiver hands a message on only when it is logged. */
    default boolean waitsForLog() {
        return true;
    }

    /**
     * Up to which number a sender may give up its copies.
     *
     * @param arrived what has arrived
     * @param saved what the receiver's checkpoint contains
     */
    default long stable(long arrived, long saved) {
        return saved;
    }

    /** Whether a rank that recovers receives in the order of the determinants. */
    default boolean replaysInOrder() {
        return true;
    }

    /** Whether a rank that depends on what another one lost rolls back. */
    default boolean rollsBackOrphans() {
        return true;
    }

    /** Whether what is before the cut of a durable checkpoint goes from the log on disk. */
    default boolean cutsLog() {
        return true;
    }

    /** Whether an output waits until what it depends on is stable. */
    default boolean holdsOutputs() {
        return true;
    }

    /** Whether the log is kept, after it was replayed, until the next checkpoint. */
    default boolean keepsReplayedLog() {
        return true;
    }

    /** Whether a rank that recovers reads from its log what it had read from the outside world. */
    default boolean logsInputs() {
        return true;
    }

    /** Whether a rank that recovers asks again whoever has not answered. */
    default boolean asksAgain() {
        return true;
    }
}
