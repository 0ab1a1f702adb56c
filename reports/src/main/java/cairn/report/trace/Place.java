package cairn.report.trace;

/** Where on a machine something happened; each is a lane of its own. */
public enum Place {
    PROCESS(""),
    NIC("NIC"),
    MEMORY("memory"),
    PERSISTENT_MEMORY("persistent memory"),
    DISK("disk");

    private final String title;

    Place(String title) {
        this.title = title;
    }

    /** What the lane is called beside the machine's name; empty for the process itself. */
    String title() {
        return title;
    }
}
