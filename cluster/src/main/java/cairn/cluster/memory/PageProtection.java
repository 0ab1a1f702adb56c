package cairn.cluster.memory;

import cairn.model.memory.PagedMemory;

import org.jspecify.annotations.Nullable;

/** What stops stores to protected pages of a process, and notes stores. */
public enum PageProtection {

    /** The kernel where it is able to, otherwise software. */
    AUTOMATIC,

    /** The kernel, by userfaultfd(2). */
    USERFAULTFD,

    /** A look before each store; works everywhere. */
    SOFTWARE;

    /**
     * The memory of a process, and how it is protected.
     *
     * @param region whose stores the kernel stops; {@code null} if software does
     * @param missing a clause that says why the kernel cannot; empty if it can or is not to
     */
    public record Granted(PagedMemory memory, @Nullable ProtectedRegion region, String missing) {

        /** What it has done so far. */
        public Barrier barrier() {
            return region == null
                    ? new Barrier(false, 0, 0, missing)
                    : new Barrier(true, region.stoppedStores(), region.scans(), missing);
        }
    }

    /**
     * Memory of so many bytes, zeroed.
     *
     * @throws Unavailable if the kernel is to protect it and cannot
     */
    public Granted grant(long bytes) throws Unavailable {
        if (this != SOFTWARE && bytes > 0) {
            try {
                var region = new ProtectedRegion(PagedMemory.pages(bytes));
                return new Granted(new PagedMemory(region), region, "");
            } catch (Unavailable e) {
                if (this == USERFAULTFD) {
                    throw e;
                }
                return new Granted(new PagedMemory(bytes), null, e.reason());
            }
        }
        return new Granted(new PagedMemory(bytes), null, "");
    }
}
