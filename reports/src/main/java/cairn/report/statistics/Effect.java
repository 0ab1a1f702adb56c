package cairn.report.statistics;

/**
 * How large a difference is beside the scatter of the observations, which a p-value does not say.
 *
 * @param name what is measured: {@code Cliff's delta}, {@code rank-biserial correlation}, {@code
 *     Hedges' g}, {@code Cohen's d}
 * @param size positive if the first sample is larger. The first two lie between -1 and 1: the
 *     chance that an observation of the first sample is the larger one, less the chance that it is
 *     the smaller one
 */
public record Effect(String name, double size) {
    static final String DELTA = "Cliff's delta";
    static final String BISERIAL = "rank-biserial correlation";
    static final String HEDGES = "Hedges' g";
    static final String COHEN = "Cohen's d";

    /**
     * The size in a word. Thresholds for standardised means are those of J. Cohen (1988), for ranks
     * those that J. Romano et al. (2006) derive from them.
     */
    public String word() {
        boolean ranks = name.equals(DELTA) || name.equals(BISERIAL);
        double[] steps = ranks ? new double[] {0.147, 0.33, 0.474} : new double[] {0.2, 0.5, 0.8};
        double amount = Math.abs(size);
        if (amount < steps[0]) {
            return "negligible";
        }
        return amount < steps[1] ? "small" : amount < steps[2] ? "medium" : "large";
    }
}
