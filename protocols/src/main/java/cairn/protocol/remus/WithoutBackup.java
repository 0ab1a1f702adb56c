package cairn.protocol.remus;

/** What a primary does that has no backup in step. */
public enum WithoutBackup {
    /** Outputs wait until a backup has the epoch. */
    WAIT,
    /**
     * Outputs leave at once while the backup is silent, as in the paper. UNSAFE: a second failure
     * loses what was answered, and where the silence was a cut, there are two primaries.
     */
    RUN_ALONE
}
