package cairn.experiment.definition;

import org.jspecify.annotations.Nullable;

import java.util.AbstractList;
import java.util.Map;
import java.util.NavigableMap;
import java.util.RandomAccess;
import java.util.TreeMap;

/**
 * The seeds of an experiment in their order, none of them twice. They are ranges, and take as much
 * memory as there are ranges.
 */
public final class Seeds extends AbstractList<Long> implements RandomAccess {

    /** Seeds that follow each other; the place of the first among all seeds. */
    private record Run(long first, long last, int place) {

        int end() {
            return place + Math.toIntExact(last - first + 1);
        }
    }

    private final NavigableMap<Integer, Run> byPlace = new TreeMap<>();
    private final NavigableMap<Long, Run> bySeed = new TreeMap<>();
    private int size;

    private Seeds() {}

    /** From one seed to another, both included. */
    public static Seeds range(long first, long last) {
        var seeds = new Seeds();
        seeds.append(first, last);
        return seeds;
    }

    /** None, for more to be appended. */
    static Seeds none() {
        return new Seeds();
    }

    /** Throws {@link IllegalArgumentException} if a seed is there already. */
    void append(long first, long last) {
        Map.Entry<Long, Run> before = bySeed.floorEntry(last);
        if (before != null && before.getValue().last >= first) {
            throw new IllegalArgumentException("seed " + common(first) + " stands twice");
        }
        Run end = byPlace.isEmpty() ? null : byPlace.lastEntry().getValue();
        Run run =
                end != null && end.last + 1 == first
                        ? new Run(end.first, last, end.place)
                        : new Run(first, last, size);
        byPlace.put(run.place, run);
        bySeed.put(run.first, run);
        size = run.end();
    }

    /** The least seed from this one on that is there; one is. */
    private long common(long first) {
        Map.Entry<Long, Run> around = bySeed.floorEntry(first);
        return around != null && around.getValue().last >= first ? first : bySeed.ceilingKey(first);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Long get(int place) {
        if (place < 0 || place >= size) {
            throw new IndexOutOfBoundsException("no seed " + place + " of " + size);
        }
        Run run = byPlace.floorEntry(place).getValue();
        return run.first + (place - run.place);
    }

    /** The place of a seed, or -1 if it is not one of them. */
    @Override
    public int indexOf(@Nullable Object seed) {
        if (!(seed instanceof Long wanted)) {
            return -1;
        }
        Map.Entry<Long, Run> around = bySeed.floorEntry(wanted);
        return around == null || around.getValue().last < wanted
                ? -1
                : around.getValue().place + (int) (wanted - around.getKey());
    }

    @Override
    public boolean contains(@Nullable Object seed) {
        return indexOf(seed) >= 0;
    }
}
