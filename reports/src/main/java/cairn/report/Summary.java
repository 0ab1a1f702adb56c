package cairn.report;

/** What the terminal shows when an experiment has run: a verdict and a table of its variants. */
public final class Summary {
    /** No line is wider. */
    public static final int COLUMNS = 100;

    private Summary() {}

    /** The summary, lines ended by a newline; no colours. */
    public static String text(ExperimentResult result) {
        return result.finding().words();
    }
}
