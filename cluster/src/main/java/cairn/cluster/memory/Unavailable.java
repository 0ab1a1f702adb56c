package cairn.cluster.memory;

/**
 * This machine does not have what was asked for; the message is a clause that says what is missing.
 */
public final class Unavailable extends Exception {

    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
        super(reason);
    }

    /** What is missing. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
