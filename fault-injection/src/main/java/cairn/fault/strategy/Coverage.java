package cairn.fault.strategy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which features any run had so far: a map of bits that features are hashed to. Two features that
 * share a bit cost a little guidance; nothing that is judged depends on it.
 */
public final class Coverage {

    static final int BITS = 1 << 16;

    private final long[] seen = new long[BITS / 64];
    private final EnumMap<Mark, Long> marks = new EnumMap<>(Mark.class);
    private final SortedMap<String, Long> places = new TreeMap<>();
    private int size;

    /** Takes in a run; answers how many of its features are new. */
    public int merge(RunFeatures run) {
        int fresh = 0;
        for (int i = 0; i < seen.length; i++) {
            long added = run.word(i) & ~seen[i];
            fresh += Long.bitCount(added);
            seen[i] |= added;
        }
        for (Mark mark : Mark.values()) {
            marks.merge(mark, run.has(mark) ? 1L : 0L, Long::sum);
        }
        run.places().forEach(place -> places.merge(place, 1L, Long::sum));
        size += fresh;
        return fresh;
    }

    /** How many features there were. */
    public int size() {
        return size;
    }

    /** In how many runs each place was reached that a protocol's author named. */
    public SortedMap<String, Long> places() {
        return Collections.unmodifiableSortedMap(places);
    }

    /** In how many runs this happened. */
    public long runsWith(Mark mark) {
        return marks.getOrDefault(mark, 0L);
    }
}
