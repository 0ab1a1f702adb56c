package cairn.protocol.redundancy;

import java.util.stream.IntStream;

/**
 * How the ranks of one group lay out what they keep for each other: what it costs in bytes. It is
 * the layout that the protocol works with, for models of the time that a scheme takes (SCR's
 * redundancy schemes).
 */
public final class GroupLayout {

    private final RedundancySet set;
    private final int imageBytes;

    /**
     * A group of {@code settings.groupSize()} ranks whose images all have so many bytes. Throws
     * {@link IllegalArgumentException} if they have none.
     */
    public GroupLayout(RedundancySettings settings, int imageBytes) {
        if (imageBytes < 1) {
            throw new IllegalArgumentException("an image has bytes: " + imageBytes);
        }
        this.set =
                RedundancySet.of(
                        IntStream.range(0, settings.groupSize()).boxed().toList(),
                        settings,
                        Rules.SOUND);
        this.imageBytes = imageBytes;
    }

    /** Bytes that a rank stores: its own image, and what it keeps for others. */
    public long storedBytes(int rank) {
        return set.storedBytes(rank, imageBytes);
    }

    /** Bytes that a rank sends to those that keep something for it. */
    public long sentBytes(int rank) {
        return set.stripesWithDataOf(rank).stream()
                .mapToLong(stripe ->
                        (long) set.segmentBytes(rank, imageBytes)
                                * set.stripes().get(stripe).parity().size())
                .sum();
    }
}
