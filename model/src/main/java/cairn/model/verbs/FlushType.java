package cairn.model.verbs;

/** What a FLUSH waits for. */
public enum FlushType {
    /**
     * Visible to every processor of the target. Not durable where the persistence domain ends below
     * the caches.
     */
    GLOBAL,
    /** Durable: inside the target's persistence domain. */
    PERSISTENT
}
