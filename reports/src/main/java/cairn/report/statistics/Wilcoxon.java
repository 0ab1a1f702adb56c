package cairn.report.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;

import java.util.Arrays;

/**
 * Wilcoxon's tests, which ask only which observation is larger: right for latencies, whose tails
 * ruin tests of means. Ties share their ranks. P-values are exact, ties included, by counting all
 * ways to deal out the ranks (as J. Streitberg and J. Röhmel, 1986), and from the normal
 * approximation with correction for ties and continuity where there are too many.
 */
public final class Wilcoxon {
    private static final int MOST_EXACT_PAIRS = 100;
    private static final int MOST_EXACT = 60;

    private Wilcoxon() {}

    /**
     * The rank-sum test of two samples of which nothing belongs together (F. Wilcoxon, 1945; H.
     * Mann and D. Whitney, 1947). The statistic is Mann and Whitney's: in how many pairs the first
     * is larger.
     */
    public static Significance unpaired(double[] first, double[] second) {
        Statistics.checkFilled(first);
        Statistics.checkFilled(second);
        int m = first.length;
        int total = m + second.length;
        double[] all = Arrays.copyOf(first, total);
        System.arraycopy(second, 0, all, m, second.length);
        int[] ranks = doubledRanks(all);
        int sum = 0;
        for (int i = 0; i < m; i++) {
            sum += ranks[i];
        }
        double above = sum / 2.0 - m * (m + 1) / 2.0;
        double pairs = (double) m * second.length;
        double p = total <= MOST_EXACT ? exactSum(ranks, m, sum) : normalSum(ranks, m, sum);
        return new Significance(
                "Wilcoxon rank sum", above, p, new Effect(Effect.DELTA, 2 * above / pairs - 1));
    }

    /**
     * The signed-rank test of pairs (F. Wilcoxon, 1945). The statistic is the sum of the ranks of
     * the pairs in which the first is larger; pairs without a difference are left out.
     *
     * @throws IllegalArgumentException if the samples differ in length
     */
    public static Significance paired(double[] first, double[] second) {
        Statistics.checkPairs(first, second);
        double[] differences = new double[first.length];
        int n = 0;
        for (int i = 0; i < first.length; i++) {
            // Equal infinities differ by nothing.
            double difference = first[i] == second[i] ? 0 : first[i] - second[i];
            if (difference != 0) {
                differences[n++] = difference;
            }
        }
        double[] kept = Arrays.copyOf(differences, n);
        int[] ranks = doubledRanks(Arrays.stream(kept).map(Math::abs).toArray());
        int positive = 0;
        int total = 0;
        for (int i = 0; i < n; i++) {
            positive += kept[i] > 0 ? ranks[i] : 0;
            total += ranks[i];
        }
        double p =
                n == 0
                        ? 1
                        : n <= MOST_EXACT_PAIRS
                                ? exactSigns(ranks, positive)
                                : normalSigns(ranks, positive);
        double effect = n == 0 ? 0 : 2.0 * positive / total - 1;
        return new Significance(
                "Wilcoxon signed rank", positive / 2.0, p, new Effect(Effect.BISERIAL, effect));
    }

    /** Twice the ranks from 1, so that those that are shared stay whole. */
    private static int[] doubledRanks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int[] ranks = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = Arrays.binarySearch(sorted, values[i]);
            int last = first;
            while (first > 0 && sorted[first - 1] == values[i]) {
                first--;
            }
            while (last + 1 < sorted.length && sorted[last + 1] == values[i]) {
                last++;
            }
            ranks[i] = first + last + 2;
        }
        return ranks;
    }

    /** In how many ways each sum of a choice of {@code size} ranks comes about. */
    private static double exactSum(int[] ranks, int size, int observed) {
        int most = Arrays.stream(ranks).sum();
        double[][] ways = new double[size + 1][most + 1];
        ways[0][0] = 1;
        for (int rank : ranks) {
            for (int chosen = size; chosen >= 1; chosen--) {
                for (int sum = most; sum >= rank; sum--) {
                    ways[chosen][sum] += ways[chosen - 1][sum - rank];
                }
            }
        }
        return twoSided(ways[size], observed);
    }

    /** In how many ways each sum of the ranks with a positive sign comes about. */
    private static double exactSigns(int[] ranks, int observed) {
        double[] ways = new double[Arrays.stream(ranks).sum() + 1];
        ways[0] = 1;
        for (int rank : ranks) {
            for (int sum = ways.length - 1; sum >= rank; sum--) {
                ways[sum] += ways[sum - rank];
            }
        }
        return twoSided(ways, observed);
    }

    /** Twice the smaller tail, the observed sum included. */
    private static double twoSided(double[] ways, int observed) {
        double below = 0;
        double above = 0;
        double all = 0;
        for (int sum = 0; sum < ways.length; sum++) {
            below += sum <= observed ? ways[sum] : 0;
            above += sum >= observed ? ways[sum] : 0;
            all += ways[sum];
        }
        return Math.min(1, 2 * Math.min(below, above) / all);
    }

    private static double normalSum(int[] doubled, int size, int observed) {
        double n = doubled.length;
        double mean = Arrays.stream(doubled).average().orElse(0) / 2;
        double squares =
                Arrays.stream(doubled).mapToDouble(r -> (r / 2.0 - mean) * (r / 2.0 - mean)).sum();
        double variance = size * (n - size) / (n * (n - 1)) * squares;
        return normal(observed / 2.0 - size * mean, variance);
    }

    private static double normalSigns(int[] doubled, int observed) {
        double mean = Arrays.stream(doubled).sum() / 4.0;
        double variance = Arrays.stream(doubled).mapToDouble(r -> r * (double) r / 16).sum();
        return normal(observed / 2.0 - mean, variance);
    }

    private static double normal(double deviation, double variance) {
        if (variance == 0) {
            return 1;
        }
        double z = Math.max(0, Math.abs(deviation) - 0.5) / Math.sqrt(variance);
        return Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-z));
    }
}
