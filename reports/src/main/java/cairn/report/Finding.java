package cairn.report;

/**
 * What is known about a property after judging it: on one trial, on a variant, on an experiment.
 */
public enum Finding {
    HOLDS("holds"),
    VIOLATED("violated"),
    /** What was promised never came to pass in the run, or the checker gave up: no evidence. */
    INCONCLUSIVE("inconclusive"),
    /** The settings of the variant do not promise the property, so it was not judged. */
    NOT_PROMISED("not promised");

    private final String words;

    Finding(String words) {
        this.words = words;
    }

    /** The finding in lower-case words, as reports print it. */
    public String words() {
        return words;
    }

    /** The worse of two: violated before inconclusive before holds before not promised. */
    public Finding and(Finding other) {
        return rank() >= other.rank() ? this : other;
    }

    private int rank() {
        return switch (this) {
            case NOT_PROMISED -> 0;
            case HOLDS -> 1;
            case INCONCLUSIVE -> 2;
            case VIOLATED -> 3;
        };
    }
}
