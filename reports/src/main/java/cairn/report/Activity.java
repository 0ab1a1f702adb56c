package cairn.report;

/** What a nanosecond of a run went into; every nanosecond went into exactly one. */
public enum Activity {
    USEFUL("useful work"),
    CHECKPOINT("checkpoint pause"),
    STALL("fault stall"),
    LOGGING("logging"),
    LOST("lost work"),
    RESTART("restart"),
    DOWN("down");

    private final String words;

    Activity(String words) {
        this.words = words;
    }

    /** The activity as reports print it. */
    public String words() {
        return words;
    }
}
