package cairn.part.ensemble;

/**
 * How many messages a rank has sent to a peer and received from it, over its whole life.
 *
 * @param peer the other rank
 */
public record Traffic(int peer, long sent, long received) {

    /** On the wire. */
    static final int BYTES = 20;
}
