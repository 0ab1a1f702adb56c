package cairn.protocol.redundancy;

import cairn.part.erasure.ErasureCode;

/**
 * What may be chosen for checkpoints in memory.
 *
 * @param scheme what the ranks of a group keep for each other
 * @param groupSize how many ranks keep redundancy for each other, at the least, two or more; 4
 * @param tolerated Reed-Solomon: how many of a group may be lost, one or more, fewer than the group
 *     has; 2
 * @param ranksPerDomain how many ranks in a row share what fails together, such as a chassis; those
 *     of a group never do; 1
 * @param holdsOutputs whether outputs wait until a checkpoint that contains them is safe; true
 * @param intervalNanos from one checkpoint's end to the next one's beginning, above zero; 5 ms
 * @param retryNanos after how long a message that was not answered is sent again, above zero; 1 ms
 */
public record RedundancySettings(
        Scheme scheme,
        int groupSize,
        int tolerated,
        int ranksPerDomain,
        boolean holdsOutputs,
        long intervalNanos,
        long retryNanos) {

    /** What the ranks of a group keep for each other. */
    public enum Scheme {
        /** Nothing: a rank that fails takes its checkpoint with it. */
        SINGLE,
        /** Each keeps a copy of its left neighbour's image; in a group of two, of its buddy's. */
        PARTNER,
        /** Each keeps a share of the parity of all others. */
        XOR,
        /** The same with more parity, against the loss of several. */
        REED_SOLOMON
    }

    public static final RedundancySettings DEFAULT =
            new RedundancySettings(Scheme.PARTNER, 4, 2, 1, true, 5_000_000, 1_000_000);

    public RedundancySettings {
        if (groupSize < 2 || groupSize > ErasureCode.MOST_BLOCKS) {
            throw new IllegalArgumentException(
                    "a group has 2 to " + ErasureCode.MOST_BLOCKS + " ranks: " + groupSize);
        }
        if (tolerated < 1 || ranksPerDomain < 1) {
            throw new IllegalArgumentException("one or more: " + tolerated + ", " + ranksPerDomain);
        }
        if (scheme == Scheme.REED_SOLOMON && tolerated >= groupSize) {
            throw new IllegalArgumentException(
                    "of " + groupSize + " ranks fewer may be lost: " + tolerated);
        }
        if (intervalNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + intervalNanos + ", " + retryNanos);
        }
    }

    /** How many blocks of parity a stripe has; so many members may be lost at once. */
    int parities() {
        return switch (scheme) {
            case SINGLE -> 0;
            case PARTNER, XOR -> 1;
            case REED_SOLOMON -> tolerated;
        };
    }
}
