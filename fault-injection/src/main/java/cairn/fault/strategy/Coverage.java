package cairn.fault.strategy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which features any run had so far: a map of bits that features are hashed to. Two features that
 * share a bit cost a little guidance; nothing that is judged depends on it.
 */
public final class Coverage {

    static final int BITS = 1 << 16;

    private static final String MARK = "mark";
    private static final String PLACE = "place";

    private final long[] seen = new long[BITS / 64];
    private final EnumMap<Mark, Long> marks = new EnumMap<>(Mark.class);
    private final SortedMap<String, Long> places = new TreeMap<>();
    private int size;

    /** Coverage of runs before, as {@link #lines} wrote it. */
    public static Coverage read(List<String> lines) {
        Coverage coverage = new Coverage();
        Cells features = new Cells(lines.getFirst());
        for (int left = features.size(); left > 0; left--) {
            int bit = features.size();
            coverage.seen[bit >> 6] |= 1L << bit;
            coverage.size++;
        }
        for (String line : lines.subList(1, lines.size())) {
            Cells cells = new Cells(line);
            String kind = cells.next();
            long runs = cells.number();
            switch (kind) {
                case MARK -> coverage.marks.put(Mark.valueOf(cells.next()), runs);
                case PLACE -> coverage.places.put(cells.next(), runs);
                default -> throw new IllegalArgumentException("no part of coverage: " + kind);
            }
        }
        return coverage;
    }

    /** As text: the features, then in how many runs there was each mark and place. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Cells features = new Cells().with(size);
        BitSet.valueOf(seen).stream().forEach(features::with);
        lines.add(features.toString());
        marks.forEach((mark, runs) ->
                lines.add(new Cells().with(MARK).with(runs).with(mark.name()).toString()));
        places.forEach((place, runs) ->
                lines.add(new Cells().with(PLACE).with(runs).with(place).toString()));
        return lines;
    }

    /** Takes in all runs of another part of the same search. */
    public void add(Coverage other) {
        for (int i = 0; i < seen.length; i++) {
            size += Long.bitCount(other.seen[i] & ~seen[i]);
            seen[i] |= other.seen[i];
        }
        other.marks.forEach((mark, runs) -> marks.merge(mark, runs, Long::sum));
        other.places.forEach((place, runs) -> places.merge(place, runs, Long::sum));
    }

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
