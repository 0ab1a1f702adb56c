package cairn.model;

/** What a machine may have or lack, and faults of its own can strike. */
public enum Device {
    PAGED_MEMORY("paged memory"),
    PERSISTENT_MEMORY("persistent memory"),
    NIC("RDMA interface"),
    DISK("disk");

    private final String text;

    Device(String text) {
        this.text = text;
    }

    /** Its name, for a reader. */
    public String text() {
        return text;
    }

    /** Whether a machine has one. */
    public boolean isPartOf(Hardware machine) {
        return switch (this) {
            case PAGED_MEMORY -> machine.memoryBytes() > 0;
            case PERSISTENT_MEMORY -> machine.persistentBytes() > 0;
            case NIC -> machine.nic();
            case DISK -> machine.disk();
        };
    }
}
