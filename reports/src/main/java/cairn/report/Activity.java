package cairn.report;

import java.util.Locale;

/** What a nanosecond of a run went into; every nanosecond went into exactly one. */
public enum Activity {
    USEFUL("useful work"),
    CHECKPOINT("checkpoint pause"),
    /** Page faults and copy-on-write, not failures. */
    STALL("page-fault stall"),
    LOGGING("logging"),
    LOST("lost work"),
    RESTART("restart"),
    DOWN("down");

    private final String words;

    Activity(String words) {
        this.words = words;
    }

    /** The name in data files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The activity as reports print it. */
    public String words() {
        return words;
    }
}
