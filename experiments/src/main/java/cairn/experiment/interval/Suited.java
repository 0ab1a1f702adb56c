package cairn.experiment.interval;

/**
 * The protocols of the catalogue that make a kind of checkpoint on a medium, by their names.
 *
 * @param service around a service that clients ask
 * @param computation around a parallel computation
 */
public record Suited(String service, String computation) {

    /**
     * For each medium and kind of checkpoint, the protocols that were made for it.
     *
     * @param incremental whether a checkpoint holds what changed and not all
     */
    public static Suited to(Medium medium, boolean incremental) {
        return switch (medium) {
            case OWN_DISK ->
                    incremental
                            ? new Suited("differential", "dirty-pages")
                            : new Suited("local-disk", "coordinated");
            case REMOTE_MEMORY -> new Suited("rdma-pmem", "redundancy");
            // A copy-on-write snapshot stores no block twice, whichever was meant.
            case SHARED -> new Suited("snapshots", incremental ? "dirty-pages" : "multilevel");
        };
    }
}
