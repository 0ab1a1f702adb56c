package cairn.report.statistics;

/**
 * How well two samples can be told apart.
 *
 * @param test the test's name
 * @param statistic what it computed: W, V, or t
 * @param p the chance of a difference at least as large in either direction if there were none
 * @param effect how large the difference is
 */
public record Significance(String test, double statistic, double p, Effect effect) {

    /** The same test after its p-value was corrected for how many there are. */
    public Significance withP(double corrected) {
        return new Significance(test, statistic, corrected, effect);
    }
}
