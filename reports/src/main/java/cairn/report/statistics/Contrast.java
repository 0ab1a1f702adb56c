package cairn.report.statistics;

/**
 * Two samples held against each other: how they differ, and whether that can be chance.
 *
 * @param relative whether the change is a ratio; else a difference, where some observation of the
 *     second sample is not positive
 * @param change how many times larger the first is than the second, or how much. Of pairs, the
 *     median of theirs with a distribution-free interval; else of the medians, by bootstrap
 * @param significance Wilcoxon's test, of pairs or of two samples
 */
public record Contrast(
        boolean paired, boolean relative, Estimate change, Significance significance) {

    /** For samples of which nothing belongs together. */
    public static Contrast unpaired(Sample first, Sample second, double confidence) {
        boolean relative = isPositive(second);
        Estimate change =
                Bootstrap.ofMedians(first, second, (a, b) -> change(a, b, relative), confidence);
        return new Contrast(false, relative, change, Wilcoxon.unpaired(first, second));
    }

    /** For samples whose i-th observations met the same failures at the same times. */
    public static Contrast paired(Sample first, Sample second, double confidence) {
        Statistics.checkPairs(first, second);
        boolean relative = isPositive(second);
        Sample changes = Sample.ofPairs(first, second, (a, b) -> change(a, b, relative));
        return new Contrast(
                true,
                relative,
                Statistics.median(changes, confidence),
                Wilcoxon.paired(first, second));
    }

    /** The same contrast after its p-value was corrected for how many there are. */
    public Contrast withP(double corrected) {
        return new Contrast(paired, relative, change, significance.withP(corrected));
    }

    /** Whether every pair is of two equal figures: the same run, as far as can be seen. */
    public boolean isNone() {
        double none = relative ? 1 : 0;
        return paired
                && change.value() == none
                && change.low() == none
                && change.high() == none
                && significance.p() == 1
                && significance.effect().size() == 0;
    }

    private static double change(double first, double second, boolean relative) {
        return relative ? first / second : first - second;
    }

    private static boolean isPositive(Sample sample) {
        for (int i = 0; i < sample.size(); i++) {
            if (!(sample.at(i) > 0)) {
                return false;
            }
        }
        return true;
    }
}
