package cairn.model.memory;

/** A digest for each page of a memory at one instant; pages with the same digest are alike. */
public final class PageDigests {

    /** Of a memory whose pages are not compared one by one. */
    public static final PageDigests NONE = new PageDigests(new long[0]);

    private final long[] digests;

    PageDigests(long[] digests) {
        this.digests = digests.clone();
    }

    /** How many pages; zero if they are not compared. */
    public int count() {
        return digests.length;
    }

    /** The digest of a page. */
    public long of(int page) {
        return digests[page];
    }

    /** The first page from one on whose content differs from that in another, or -1. */
    public int firstDifference(PageDigests other, int from) {
        for (int page = from; page < Math.min(digests.length, other.digests.length); page++) {
            if (digests[page] != other.digests[page]) {
                return page;
            }
        }
        return -1;
    }
}
