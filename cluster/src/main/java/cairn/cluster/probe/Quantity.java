package cairn.cluster.probe;

/** What is measured again and again of a machine, in nanoseconds each time. */
public enum Quantity {
    /** What is of no interest, and not kept. */
    NONE("nothing"),
    /** 1 KiB from one process to a second, a third, a fourth, and back to the first. */
    RING("1 KiB round four processes"),
    /** What it takes one of them to send it on when it has it. */
    SENDING("sending it on"),
    /** The same where it first says something of itself to those who watch. */
    REPORTED_SENDING("sending it on behind a report"),
    /** A message of 4 KiB and a short answer. */
    PIECE("4 KiB and an answer"),
    /** Several of them at once, and an answer to the last. */
    PIECES("eight times 4 KiB and an answer"),
    /** A message of 64 bytes and a short answer. */
    SMALL_PIECE("64 bytes and an answer"),
    /** Several of them at once, and an answer to the last. */
    SMALL_PIECES("eight times 64 bytes"),
    /** What makes three pages durable that were appended to a log in mapped memory. */
    LARGE_PERSIST("three pages of mapped memory"),
    /** The same of 64 bytes that are sent when that is done, as what says that it is complete. */
    SMALL_PERSIST("64 bytes behind them"),
    /** 16 KiB in a new file, the first that a disk is asked for. */
    CREATION("16 KiB in a new file"),
    /** What makes them durable. */
    SYNC("a sync of them"),
    /** The new file takes another's place. */
    RENAME("a rename"),
    /** What makes names durable, one of which took another's place. */
    NAME_SYNC("a sync of names"),
    /** What that takes of a core. */
    SYNC_CORE("of a core for it"),
    /** The sync of 16 KiB where three processes replace a file at once. */
    SHARED_SYNC("a sync of 16 KiB by each of three at once"),
    /** The sync of names of each of the three. */
    SHARED_NAME_SYNC("a sync of names by each of three"),
    /** The protection of a few pages. */
    PROTECTION("protecting three pages"),
    /** A store to each of them. */
    STOPPED_STORES("a store to each of them"),
    /** A write of 64 KiB to a file that was written before. */
    LARGE_WRITE("a write of 64 KiB"),
    /** A write of 512 bytes. */
    SMALL_WRITE("a write of 512 bytes");

    private final String title;

    Quantity(String title) {
        this.title = title;
    }

    /** What it is, in a sentence that says how long it took. */
    public String title() {
        return title;
    }
}
