package cairn.protocol.rdmapmem;

/** What a backup knows before it takes over. */
public enum BackupMode {
    /** Nothing: it reads everything then. */
    COLD,
    /** It reads the sets that it has not yet read with every heartbeat of the primary (PMU-16). */
    WARM,
    /** The primary tells it of every set, and it reads at once. */
    HOT
}
