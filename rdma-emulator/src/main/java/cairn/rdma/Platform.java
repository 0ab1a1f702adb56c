package cairn.rdma;

/**
 * What a machine with persistent memory is built like.
 *
 * @param domain how far down a byte must be to survive power loss
 * @param directCacheAccess whether the adapter writes into the last-level cache (DDIO on) or to the
 *     memory controller (off)
 * @param nativePersistentFlush whether adapter and platform implement FLUSH with type PERSISTENT;
 *     where they do not, registering a region for it is refused
 */
public record Platform(
        PersistenceDomain domain, boolean directCacheAccess, boolean nativePersistentFlush) {

    /** ADR, DDIO on, no native flush: what a server is shipped as. */
    public static final Platform COMMON = new Platform(PersistenceDomain.ADR, true, false);

    /** ADR, DDIO off, native flush: what the recipes for one-sided persistence ask for. */
    public static final Platform DIRECT_WRITE = new Platform(PersistenceDomain.ADR, false, true);
}
