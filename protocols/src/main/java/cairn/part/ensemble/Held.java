package cairn.part.ensemble;

import java.util.List;

/**
 * A piece that a place holds.
 *
 * @param traffic what the checkpoint contains of the traffic with each peer; empty if nobody asks
 */
public record Held(Piece piece, List<Traffic> traffic) {

    private static final int PIECE_BYTES = 20;

    public Held {
        traffic = List.copyOf(traffic);
    }

    /** A piece of which only its being there matters. */
    public Held(Piece piece) {
        this(piece, List.of());
    }

    /** On the wire. */
    int bytes() {
        return PIECE_BYTES + Traffic.BYTES * traffic.size();
    }
}
