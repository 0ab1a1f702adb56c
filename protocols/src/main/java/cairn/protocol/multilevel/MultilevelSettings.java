package cairn.protocol.multilevel;

import java.util.List;

/**
 * What may be chosen for checkpoints at several levels. Every checkpoint is written to the rank's
 * own disk. Which level is due is counted from the last recovery, whose first checkpoint goes to
 * all levels: if it did not, failures that come more often than a level is due would keep
 * everything from it.
 *
 * @param partnerEvery every how-manieth one is copied to a partner's disk too, before it counts as
 *     safe; 1 for each, 0 for none; 1
 * @param copiedFrom where the partner's copy is taken from; {@link CopiedFrom#MEMORY}
 * @param partnerDistance how many ranks further the partner is: more than fail together; 1
 * @param flushEvery every how-manieth one is flushed to the parallel file system, in the
 *     background; 0 for none; 4
 * @param holdsOutputs whether outputs wait until a checkpoint that contains them is safe; true
 * @param intervalNanos from one checkpoint's end to the next one's beginning, above zero; 5 ms
 * @param retryNanos after how long a message that was not answered is sent again, above zero; 1 ms
 */
public record MultilevelSettings(
        int partnerEvery,
        CopiedFrom copiedFrom,
        int partnerDistance,
        int flushEvery,
        boolean holdsOutputs,
        long intervalNanos,
        long retryNanos) {

    public static final MultilevelSettings DEFAULT =
            new MultilevelSettings(1, CopiedFrom.MEMORY, 1, 4, true, 5_000_000, 1_000_000);

    public MultilevelSettings {
        if (partnerEvery < 0 || flushEvery < 0 || partnerDistance < 1) {
            throw new IllegalArgumentException(
                    "levels are taken every so often or never, and a partner is another rank: "
                            + List.of(partnerEvery, flushEvery, partnerDistance));
        }
        if (intervalNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + List.of(intervalNanos, retryNanos));
        }
    }

    /** Whether a checkpoint, counted in its era, goes to the partner. */
    boolean goesToPartner(long count) {
        return isDue(count, partnerEvery);
    }

    /** Whether a checkpoint, counted in its era, is flushed. */
    boolean isFlushed(long count) {
        return isDue(count, flushEvery);
    }

    private static boolean isDue(long count, int every) {
        return every > 0 && (count - 1) % every == 0;
    }
}
