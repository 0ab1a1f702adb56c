package cairn.report.statistics;

/**
 * Two samples held against each other: by how much, how many times, and whether that can be chance.
 *
 * @param difference median of the first less that of the second, or the median of the differences
 *     of pairs
 * @param ratio the first's median over the second's; NaN where the second's is not positive
 * @param significance Wilcoxon's test, of pairs or of two samples
 */
public record Contrast(
        boolean paired, Estimate difference, Estimate ratio, Significance significance) {

    /** For samples of which nothing belongs together. */
    public static Contrast unpaired(double[] first, double[] second, double confidence) {
        return new Contrast(
                false,
                Bootstrap.ofTwo(
                        first,
                        second,
                        (a, b) -> Statistics.median(a) - Statistics.median(b),
                        confidence),
                Bootstrap.ofTwo(first, second, Contrast::ratio, confidence),
                Wilcoxon.unpaired(first, second));
    }

    /** For samples whose i-th observations met the same failures at the same times. */
    public static Contrast paired(double[] first, double[] second, double confidence) {
        Statistics.checkPairs(first, second);
        double[] differences = new double[first.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = first[i] - second[i];
        }
        return new Contrast(
                true,
                Bootstrap.of(differences, Statistics::median, confidence),
                Bootstrap.ofPairs(first, second, Contrast::ratio, confidence),
                Wilcoxon.paired(first, second));
    }

    /** The same contrast after its p-value was corrected for how many there are. */
    public Contrast withP(double corrected) {
        return new Contrast(paired, difference, ratio, significance.withP(corrected));
    }

    private static double ratio(double[] first, double[] second) {
        double below = Statistics.median(second);
        return below > 0 ? Statistics.median(first) / below : Double.NaN;
    }
}
