package cairn.report.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Correction for many comparisons: of twenty differences that are none, one has p below 0.05 by
 * chance. S. Holm, A simple sequentially rejective multiple test procedure (1979), which holds the
 * chance of any such error whatever the tests' dependence.
 */
public final class Holm {
    private Holm() {}

    /** The corrected p-values, in the order of those given. */
    public static double[] corrected(double[] p) {
        int[] order =
                IntStream.range(0, p.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> p[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] corrected = new double[p.length];
        double least = 0;
        for (int i = 0; i < order.length; i++) {
            least = Math.max(least, Math.min(1, p[order[i]] * (order.length - i)));
            corrected[order[i]] = least;
        }
        return corrected;
    }
}
