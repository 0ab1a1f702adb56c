package cairn.part.incremental;

/** What an image of a chain holds. */
public enum Chain {
    /** All pages, each time; nothing is recorded. */
    FULL,
    /** The pages that changed; all of them, when the chain has its length. */
    PERIODIC,
    /** The pages that changed; a chain that has its length is merged into one file. */
    COMPACTED
}
