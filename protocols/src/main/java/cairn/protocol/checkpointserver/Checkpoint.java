package cairn.protocol.checkpointserver;

import cairn.model.Epoch;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.Image;

import org.jspecify.annotations.Nullable;

/**
 * A full image and the term in which it was made: two primaries may have given the same number to
 * two contents, of which one was never acknowledged.
 */
record Checkpoint(long term, Image image) {

    Epoch epoch() {
        return image.epoch();
    }

    /** Whether this is the checkpoint with that name. */
    boolean is(long ofTerm, long number) {
        return term == ofTerm && epoch().number() == number;
    }

    byte[] bytes() {
        return new ByteWriter().number(term).bytes(image.bytes()).toBytes();
    }

    /** The checkpoint that a file holds; null if it is damaged. */
    static @Nullable Checkpoint read(byte[] file) {
        if (file.length < 2 * Long.BYTES) {
            return null;
        }
        ByteReader bytes = new ByteReader(file);
        long term = bytes.number();
        bytes.number();
        // The image names its term as its owner, so its checksum covers that too.
        Image image = Image.read(term, bytes.bytes(bytes.left()));
        return image == null ? null : new Checkpoint(term, image);
    }
}
