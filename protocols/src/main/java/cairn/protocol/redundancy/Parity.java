package cairn.protocol.redundancy;

import cairn.part.ensemble.Content;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A block of parity, and how long the images were that it is made of.
 *
 * <pre>
 * 4 n, n times 4 bytes of an image, the block
 * </pre>
 *
 * @param imageBytes of each member that gave data, in their order in the stripe
 */
record Parity(List<Integer> imageBytes, Content block) {

    Parity {
        imageBytes = List.copyOf(imageBytes);
    }

    Content content() {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * (1 + imageBytes.size()) + block.length());
        bytes.putInt(imageBytes.size());
        imageBytes.forEach(bytes::putInt);
        bytes.put(block.bytes());
        return new Content(bytes.array());
    }

    static Parity of(Content content) {
        ByteBuffer bytes = ByteBuffer.wrap(content.bytes());
        List<Integer> lengths = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            lengths.add(bytes.getInt());
        }
        byte[] block = new byte[bytes.remaining()];
        bytes.get(block);
        return new Parity(lengths, new Content(block));
    }
}
