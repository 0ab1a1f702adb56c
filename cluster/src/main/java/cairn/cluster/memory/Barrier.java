package cairn.cluster.memory;

/**
 * What protected the pages of a process.
 *
 * @param byKernel whether the kernel did; otherwise software looked before each store
 * @param stoppedStores how many stores the kernel stopped
 * @param scans how often it was asked which pages were stored to
 * @param missing a clause that says why it did not; empty if it did or was not to
 */
public record Barrier(boolean byKernel, long stoppedStores, long scans, String missing) {}
