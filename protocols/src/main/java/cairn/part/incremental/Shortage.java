package cairn.part.incremental;

/** What is done when the kernel has no mapping left for a page of its own protection. */
public enum Shortage {
    /** The pages between the page and the nearest one that is not protected count as changed. */
    COALESCE,
    /** All pages count as changed, and none is protected until the next cut. */
    COPY_ALL
}
