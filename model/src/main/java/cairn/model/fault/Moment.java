package cairn.model.fault;

/** The kinds of moments that can trigger a fault. */
public enum Moment {
    BOOT,
    SEND,
    DELIVERY,
    REQUEST,
    ANSWER,
    WORK_POSTED,
    WRITE_COMPLETED,
    READ_COMPLETED,
    FLUSH_COMPLETED,
    PERSISTED,
    DISK_WRITTEN,
    DISK_SYNCED,
    CUT,
    SEALED,
    ACKNOWLEDGED,
    RESUMED,
    LEADING
}
