package cairn.part.ensemble;

import cairn.model.Epoch;

import java.util.List;

/**
 * From where a rank goes on.
 *
 * @param epoch its checkpoint; {@link Epoch#ZERO} for its beginning
 * @param source the index of the place that holds the image
 * @param delivered how many of its messages each peer has received at the peer's checkpoint, as
 *     {@link Traffic#received}; empty if nothing is sent again
 */
public record Choice(Epoch epoch, int source, List<Traffic> delivered) {

    public Choice {
        delivered = List.copyOf(delivered);
    }

    /** A checkpoint that contains its channels. */
    public Choice(Epoch epoch, int source) {
        this(epoch, source, List.of());
    }

    int bytes() {
        return 16 + Traffic.BYTES * delivered.size();
    }
}
