package cairn.protocol.dirtypages;

/**
 * What may be chosen.
 *
 * @param intervalNanos from the end of one checkpoint to the beginning of the next, above zero; 2
 *     ms
 * @param chain what an image holds
 * @param chainLength after how many images a chain ends or is merged, one or more; 8
 * @param place where checkpoint files lie
 * @param inFlight what becomes of messages that are under way at a cut
 * @param batchPages how many pages are written at once while no rank waits for one, one or more; 16
 * @param mostMappings into how many pieces of one protection the kernel lets a memory be cut, three
 *     or more; Linux has 65,530, of which a process needs some thirty for itself
 * @param shortage what is done when these are used up
 * @param deviceReceives whether the network interface puts messages into a rank's memory by itself,
 *     past the protection
 * @param retryNanos after how long what was not answered is said again, above zero; 1 ms
 */
public record DirtyPagesSettings(
        long intervalNanos,
        Chain chain,
        int chainLength,
        Place place,
        InFlight inFlight,
        int batchPages,
        int mostMappings,
        Shortage shortage,
        boolean deviceReceives,
        long retryNanos) {

    public static final DirtyPagesSettings DEFAULT =
            new DirtyPagesSettings(
                    2_000_000,
                    Chain.PERIODIC,
                    8,
                    Place.OWN_DISK,
                    InFlight.SAVE,
                    16,
                    65_500,
                    Shortage.COALESCE,
                    false,
                    1_000_000);

    public DirtyPagesSettings {
        if (intervalNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + intervalNanos + ", " + retryNanos);
        }
        if (chainLength < 1 || batchPages < 1 || mostMappings < 3) {
            throw new IllegalArgumentException(
                    "one image, one page and three mappings, or more: "
                            + chainLength
                            + ", "
                            + batchPages
                            + ", "
                            + mostMappings);
        }
    }
}
