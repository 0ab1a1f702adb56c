package cairn.fault.strategy;

/** What has to happen sometimes in a search that is worth its time; it is counted by runs. */
public enum Mark {
    RESTORED_A_CHECKPOINT("a checkpoint was restored"),
    TOOK_OVER("another one took over"),
    STEPPED_DOWN("a primary stepped down"),
    FAILED_DURING_RECOVERY("a process ended during its recovery"),
    SECOND_FAULT("a fault struck while another one lasted"),
    ACCESS_REFUSED("a remote access was refused"),
    DISCARDED("a checkpoint was given up"),
    RELEASED_AFTER_RESTORE("an answer left after a restore");

    private final String text;

    Mark(String text) {
        this.text = text;
    }

    /** What happened, in words. */
    public String text() {
        return text;
    }
}
