package cairn.model.fault;

/** Classes of faults, as budgets and promises count them. */
public enum FaultKind {
    PROCESS_CRASH,
    WARM_RESET,
    POWER_LOSS,
    PERMANENT_LOSS,
    PAUSE,
    CPU_HANG,
    SLOW_NODE,
    NIC_RESET,
    MEMORY_ROT,
    CLOCK,
    DISK_LIES,
    DISK_FULL,
    SLOW_DISK,
    DISK_CORRUPTS,
    CUT,
    BAD_LINK,
    RACK_POWER_LOSS,
    SITE_POWER_LOSS,
    FAILED_PROTECTION,
    DISK_FAILS
}
