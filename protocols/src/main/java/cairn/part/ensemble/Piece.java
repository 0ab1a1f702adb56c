package cairn.part.ensemble;

import cairn.model.Epoch;

/**
 * Which piece of a checkpoint: whose, of which one, and which part of it.
 *
 * @param owner the rank
 * @param part {@link #IMAGE} for the whole image; other numbers as the protocol deals them out
 */
public record Piece(int owner, Epoch epoch, int part) {

    /** The whole image of its owner. */
    public static final int IMAGE = 0;

    /** The image of a rank. */
    public static Piece image(int owner, Epoch epoch) {
        return new Piece(owner, epoch, IMAGE);
    }

    public boolean isImage() {
        return part == IMAGE;
    }
}
