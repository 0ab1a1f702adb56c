package cairn.report.statistics;

import java.lang.foreign.Arena;

/**
 * What the ranks of many observations come to, of which some are marked; ties share theirs. One
 * pass over what is sorted, so that ranks need no memory. Ranks are doubled, so that they stay
 * whole.
 */
final class RankSums {

    private final double centre;
    private long ranked;
    private long all;
    private long marked;
    private double squares;

    private RankSums(double centre) {
        this.centre = centre;
    }

    /** Of two samples together, of which the first is marked. */
    static RankSums ofTwo(Sample first, Sample second) {
        long n = (long) first.size() + second.size();
        var sums = new RankSums((n + 1) / 2.0);
        try (var arena = Arena.ofConfined()) {
            Sample one = first.sorted(arena);
            Sample two = second.sorted(arena);
            int i = 0;
            int j = 0;
            while (i < one.size() || j < two.size()) {
                boolean isOne = j == two.size() || (i < one.size() && one.at(i) <= two.at(j));
                double value = isOne ? one.at(i) : two.at(j);
                int ofOne = equal(one, i, value);
                int ofTwo = equal(two, j, value);
                sums.tie(ofOne + ofTwo, ofOne);
                i += ofOne;
                j += ofTwo;
            }
        }
        return sums;
    }

    private static int equal(Sample sorted, int from, double value) {
        int to = from;
        while (to < sorted.size() && sorted.at(to) == value) {
            to++;
        }
        return to - from;
    }

    /**
     * Of numbers whose ranks are those of all but the last bit, and which are marked if that is
     * one. Sorts them.
     */
    static RankSums ofMarked(LongList numbers) {
        numbers.sort();
        var sums = new RankSums(0);
        for (int i = 0; i < numbers.size(); ) {
            int next = i;
            int marked = 0;
            while (next < numbers.size() && numbers.get(next) >> 1 == numbers.get(i) >> 1) {
                marked += (int) (numbers.get(next++) & 1);
            }
            sums.tie(next - i, marked);
            i = next;
        }
        return sums;
    }

    private void tie(long observations, long withMark) {
        long rank = 2 * ranked + observations + 1;
        double deviation = rank / 2.0 - centre;
        ranked += observations;
        all += observations * rank;
        marked += withMark * rank;
        squares += observations * (deviation * deviation);
    }

    /** The doubled ranks of all. */
    long all() {
        return all;
    }

    /** The doubled ranks of those that are marked. */
    long marked() {
        return marked;
    }

    /**
     * The squared deviations of all ranks, not doubled: of two samples from their mean, else from
     * 0.
     */
    double squares() {
        return squares;
    }
}
