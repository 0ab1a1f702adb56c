package cairn.protocol.logging;

/** When the determinant of a receipt is stable, that is which message came how-manieth. */
public enum Family {

    /** The receiver writes message and order to its disk before the rank may see the message. */
    PESSIMISTIC_RECEIVER,

    /**
     * The sender keeps message and order in its memory; until it has the order, the receiver sends
     * nothing (Johnson and Zwaenepoel 1987). One failure at a time.
     */
    PESSIMISTIC_SENDER,

    /**
     * The receiver writes message and order to its disk some time later; who depends on what was
     * lost rolls back (Strom and Yemini 1985, with the transitive dependencies of Damani and Garg
     * 1996).
     */
    OPTIMISTIC,

    /**
     * The order travels with every message that depends on it, until enough ranks hold it (Alvisi
     * and Marzullo 1998).
     */
    CAUSAL;

    /** Whether it writes a log to the receiver's disk. */
    boolean logsOnDisk() {
        return this == PESSIMISTIC_RECEIVER || this == OPTIMISTIC;
    }
}
