package cairn.report.trace;

/** What kind of thing an event is; a reader can hide kinds. */
public enum Kind {
    FAULT("faults"),
    PROCESS("starts and ends"),
    RECOVERY("recovery"),
    CHECKPOINT("checkpoints"),
    CLAIM("other claims"),
    CLIENT("clients"),
    MESSAGE("messages"),
    RDMA("RDMA"),
    STORAGE("storage"),
    TIMER("timers and work");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
