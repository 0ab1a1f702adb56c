package cairn.report.statistics;

import java.util.Arrays;

/**
 * Where the warm-up of a run ends: MSER-5 (K. White, An Effective Truncation Heuristic for Bias
 * Reduction in Simulation Output, 1997; K. White, M. Cobb and S. Spratt, 2000). It leaves out so
 * many observations from the start, in fives, that the mean of the rest is known best: leaving out
 * more of a settled run only costs observations.
 *
 * @param drop how many observations belong to the warm-up
 * @param settled whether the run settles; if the best place lies in its second half it has not been
 *     seen to, and {@code drop} says nothing
 */
public record WarmUp(int drop, boolean settled) {
    private static final int BATCH = 5;

    /**
     * Finds the end of the warm-up.
     *
     * @throws IllegalArgumentException if there are fewer than ten observations
     */
    public static WarmUp of(double[] series) {
        int batches = series.length / BATCH;
        if (batches < 2) {
            throw new IllegalArgumentException(
                    "a warm-up shows in ten observations or more: " + series.length);
        }
        double[] means = new double[batches];
        for (int i = 0; i < batches; i++) {
            means[i] = Arrays.stream(series, i * BATCH, (i + 1) * BATCH).average().orElseThrow();
        }
        // Around their mean: squares of large numbers would swallow small differences.
        double centre = Arrays.stream(means).average().orElseThrow();
        double sum = 0;
        double squares = 0;
        double least = Double.POSITIVE_INFINITY;
        int best = 0;
        // The last few batches would agree by chance; White leaves them out of the search.
        int fewest = Math.min(BATCH, batches - 1);
        for (int first = batches - 1; first >= 0; first--) {
            double value = means[first] - centre;
            sum += value;
            squares += value * value;
            double left = batches - first;
            double error = Math.max(0, squares - sum * sum / left) / (left * left);
            if (left > fewest && error <= least) {
                least = error;
                best = first;
            }
        }
        return new WarmUp(best * BATCH, best * 2 <= batches);
    }
}
