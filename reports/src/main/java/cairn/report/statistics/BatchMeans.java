package cairn.report.statistics;

import java.util.Arrays;

/**
 * The mean of observations of one long run, which depend on their neighbours: means of batches that
 * are long enough hardly do, and Student's interval of these is right (A. Law and W. Kelton,
 * Simulation Modeling and Analysis, section 9.5.3; B. Schmeiser, Batch Size Effects in the Analysis
 * of Simulation Output, 1982, advises 10 to 30 batches).
 *
 * @param mean of the batches; its n is their number. Observations at the end that fill no batch are
 *     left out
 * @param neighbours the correlation of neighbouring batches; far from zero, beyond 2 / sqrt(n) or
 *     so, the batches are too short and the interval too narrow
 */
public record BatchMeans(Estimate mean, double neighbours) {

    /** The number of batches that suits most series. */
    public static final int USUAL = 20;

    /**
     * The means of so many batches.
     *
     * @throws IllegalArgumentException if there are fewer observations than batches, or fewer than
     *     two batches
     */
    public static BatchMeans of(double[] series, int batches, double confidence) {
        if (batches < 2 || series.length < batches) {
            throw new IllegalArgumentException(
                    series.length + " observations do not make " + batches + " batches");
        }
        int length = series.length / batches;
        double[] means = new double[batches];
        for (int batch = 0; batch < batches; batch++) {
            means[batch] =
                    Arrays.stream(series, batch * length, (batch + 1) * length)
                            .average()
                            .orElseThrow();
        }
        Estimate mean = Statistics.mean(means, confidence);
        return new BatchMeans(mean, neighbours(means, mean.value()));
    }

    private static double neighbours(double[] means, double mean) {
        double products = 0;
        double squares = 0;
        for (int i = 0; i < means.length; i++) {
            squares += (means[i] - mean) * (means[i] - mean);
            products += i == 0 ? 0 : (means[i] - mean) * (means[i - 1] - mean);
        }
        return squares == 0 ? 0 : products / squares;
    }
}
