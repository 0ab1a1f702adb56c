package cairn.fault.strategy;

import cairn.model.choice.Mix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The subsets of so many granules, of which each survives or not: all of them while they are few;
 * else the prefixes, the suffixes, those with a single gap, and samples.
 */
final class Subsets {

    /** All subsets of so many granules are tried: 4096. */
    static final int ALL_UP_TO = 12;

    private static final int OF_EACH_KIND = 16;

    private Subsets() {}

    /** How many subsets there are to try. */
    static int count(int granules) {
        return granules <= ALL_UP_TO
                ? 1 << granules
                : 3 * Math.min(granules, OF_EACH_KIND) + OF_EACH_KIND;
    }

    /** The subsets to try, of granules numbered from zero. */
    static List<BitSet> of(int granules) {
        List<BitSet> subsets = new ArrayList<>();
        if (granules <= ALL_UP_TO) {
            for (long bits = 0; bits < 1L << granules; bits++) {
                subsets.add(BitSet.valueOf(new long[] {bits}));
            }
            return subsets;
        }
        for (int at : evenly(granules)) {
            BitSet prefix = new BitSet(granules);
            prefix.set(0, at);
            subsets.add(prefix);
            BitSet suffix = new BitSet(granules);
            suffix.set(at, granules);
            subsets.add(suffix);
            BitSet gap = new BitSet(granules);
            gap.set(0, granules);
            gap.clear(at);
            subsets.add(gap);
        }
        for (int sample = 0; sample < OF_EACH_KIND; sample++) {
            BitSet some = new BitSet(granules);
            for (int i = 0; i < granules; i++) {
                some.set(i, (Mix.fold(sample, i) & 1) != 0);
            }
            subsets.add(some);
        }
        return subsets;
    }

    /** So many of the granules, spread evenly, the first among them. */
    private static int[] evenly(int granules) {
        int count = Math.min(granules, OF_EACH_KIND);
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            places[i] = (int) ((long) i * granules / count);
        }
        return places;
    }
}
