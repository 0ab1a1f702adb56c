package cairn.protocol.logging;

/**
 * What a rank's receipt was: the one thing about it that its computation does not determine.
 *
 * @param receiver the rank that received
 * @param receipt the how-manieth message that it received
 * @param sender the rank that had sent it
 * @param number the how-manieth message of that rank to the receiver
 * @param life the receiver's life in which it was first so: a later one stands
 */
record Determinant(int receiver, long receipt, int sender, long number, long life) {

    /** Its size on the wire and on disk. */
    static final int BYTES = 32;
}
