package cairn.report;

import cairn.report.statistics.LongList;
import cairn.report.statistics.Sample;

import java.util.HashMap;
import java.util.Map;

/**
 * One figure of each trial that has it, by the trials' seeds. Where they are many, they lie in
 * files.
 */
public final class Figures {

    private final LongList seeds = new LongList();
    private final LongList bits = new LongList();
    private boolean ascending = true;

    Figures() {}

    /** The figures that two variants have under the same seeds, in the order of the first. */
    public record Pairs(Sample first, Sample second) {

        /** By how much the first of each pair is larger. */
        public Sample differences() {
            return Sample.ofPairs(first, second, (one, other) -> one - other);
        }
    }

    /** Adds that of a trial under a seed that was not there. */
    void add(long seed, double figure) {
        ascending &= size() == 0 || seed > seed(size() - 1);
        seeds.add(seed);
        bits.add(Double.doubleToRawLongBits(figure));
    }

    public int size() {
        return seeds.size();
    }

    long seed(int place) {
        return seeds.get(place);
    }

    /** The figures in the order of the trials. */
    public Sample sample() {
        return Sample.ofBits(bits);
    }

    /**
     * What both have, pair by pair. Seeds that ascend, as those of a range do, are merged; others
     * are looked up in memory.
     */
    public Pairs with(Figures other) {
        var first = new LongList();
        var second = new LongList();
        if (ascending && other.ascending) {
            int there = 0;
            for (int here = 0; here < size(); here++) {
                while (there < other.size() && other.seed(there) < seed(here)) {
                    there++;
                }
                if (there < other.size() && other.seed(there) == seed(here)) {
                    first.add(bits.get(here));
                    second.add(other.bits.get(there));
                }
            }
        } else {
            Map<Long, Integer> places = new HashMap<>();
            for (int there = 0; there < other.size(); there++) {
                places.put(other.seed(there), there);
            }
            for (int here = 0; here < size(); here++) {
                Integer there = places.get(seed(here));
                if (there != null) {
                    first.add(bits.get(here));
                    second.add(other.bits.get(there));
                }
            }
        }
        return new Pairs(Sample.ofBits(first), Sample.ofBits(second));
    }
}
