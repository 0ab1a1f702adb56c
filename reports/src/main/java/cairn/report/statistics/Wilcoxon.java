package cairn.report.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;

import java.lang.foreign.Arena;
import java.util.Arrays;

/**
 * Wilcoxon's tests, which ask only which observation is larger: right for latencies, whose tails
 * ruin tests of means. Ties share their ranks. P-values are exact, ties included, by counting all
 * ways to deal out the ranks (as J. Streitberg and J. Röhmel, 1986), and from the normal
 * approximation with correction for ties and continuity where there are too many.
 *
 * <p>Memory does not grow with the samples: what is sorted lies in files where it is large.
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
    public static Significance unpaired(Sample first, Sample second) {
        Statistics.checkFilled(first);
        Statistics.checkFilled(second);
        int m = first.size();
        double total = (double) m + second.size();
        double sum;
        double p;
        if (total <= MOST_EXACT) {
            int[] ranks = doubledRanks(joined(first.toArray(), second.toArray()));
            int ofFirst = Arrays.stream(ranks, 0, m).sum();
            sum = ofFirst / 2.0;
            p = exactSum(ranks, m, ofFirst);
        } else {
            RankSums ranks = RankSums.ofTwo(first, second);
            sum = ranks.marked() / 2.0;
            double variance = m * (total - m) / (total * (total - 1)) * ranks.squares();
            p = normal(sum - m * ((total + 1) / 2), variance);
        }
        double above = sum - m * (m + 1.0) / 2;
        double pairs = (double) m * second.size();
        return new Significance(
                "Wilcoxon rank sum", above, p, new Effect(Effect.DELTA, 2 * above / pairs - 1));
    }

    private static double[] joined(double[] first, double[] second) {
        double[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /**
     * The signed-rank test of pairs (F. Wilcoxon, 1945). The statistic is the sum of the ranks of
     * the pairs in which the first is larger; pairs without a difference are left out.
     *
     * @throws IllegalArgumentException if the samples differ in length
     */
    public static Significance paired(Sample first, Sample second) {
        Statistics.checkPairs(first, second);
        try (var arena = Arena.ofConfined()) {
            LongList differences = differences(first, second, arena);
            int n = differences.size();
            long positive;
            long total;
            double p;
            if (n <= MOST_EXACT_PAIRS) {
                int[] ranks = doubledRanks(sizes(differences));
                int ofPositive = 0;
                for (int i = 0; i < n; i++) {
                    ofPositive += isPositive(differences.get(i)) ? ranks[i] : 0;
                }
                positive = ofPositive;
                total = Arrays.stream(ranks).sum();
                p = n == 0 ? 1 : exactSigns(ranks, ofPositive);
            } else {
                RankSums ranks = RankSums.ofMarked(differences);
                positive = ranks.marked();
                total = ranks.all();
                p = normal(positive / 2.0 - total / 4.0, ranks.squares() / 4);
            }
            double effect = n == 0 ? 0 : 2.0 * positive / total - 1;
            return new Significance(
                    "Wilcoxon signed rank", positive / 2.0, p, new Effect(Effect.BISERIAL, effect));
        }
    }

    /**
     * Those that are not none, each as a number that grows with its size and whose last bit says
     * whether it is positive: a size needs no bit for its sign.
     */
    private static LongList differences(Sample first, Sample second, Arena arena) {
        var differences = new LongList(arena);
        for (int i = 0; i < first.size(); i++) {
            // Equal infinities differ by nothing.
            if (first.at(i) != second.at(i)) {
                double difference = first.at(i) - second.at(i);
                long size = Double.doubleToRawLongBits(Math.abs(difference)) << 1;
                differences.add((size ^ Long.MIN_VALUE) | (difference > 0 ? 1 : 0));
            }
        }
        return differences;
    }

    private static boolean isPositive(long difference) {
        return (difference & 1) == 1;
    }

    private static double[] sizes(LongList differences) {
        double[] sizes = new double[differences.size()];
        Arrays.setAll(
                sizes, i -> Double.longBitsToDouble((differences.get(i) ^ Long.MIN_VALUE) >>> 1));
        return sizes;
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

    private static double normal(double deviation, double variance) {
        if (variance == 0) {
            return 1;
        }
        double z = Math.max(0, Math.abs(deviation) - 0.5) / Math.sqrt(variance);
        return Math.min(1, 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-z));
    }
}
