package cairn.part.incremental;

import java.util.List;

/**
 * What may be chosen for the checkpoints of one process.
 *
 * @param chain what an image holds
 * @param chainLength after how many images a chain ends or is merged, one or more
 * @param batchPages how many pages are written at once while nobody waits for one, one or more
 * @param mostMappings into how many pieces of one protection the kernel lets a memory be cut, three
 *     or more
 * @param shortage what is done when these are used up
 * @param tracking how changes are learned of while no image is being stored
 */
public record Increments(
        Chain chain,
        int chainLength,
        int batchPages,
        int mostMappings,
        Shortage shortage,
        Tracking tracking) {

    public Increments {
        check(chainLength, batchPages, mostMappings);
    }

    /** Throws {@link IllegalArgumentException} if one is out of its range. */
    public static void check(int chainLength, int batchPages, int mostMappings) {
        if (chainLength < 1 || batchPages < 1 || mostMappings < 3) {
            throw new IllegalArgumentException(
                    "one image, one page and three mappings, or more: "
                            + List.of(chainLength, batchPages, mostMappings));
        }
    }
}
