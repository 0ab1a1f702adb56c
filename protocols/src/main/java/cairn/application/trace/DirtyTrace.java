package cairn.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which pages a program wrote, and how often, in each interval of its run. Pages are numbered anew,
 * without gaps, in the order of their addresses: pages that are never written do not occur.
 * Immutable.
 */
public final class DirtyTrace {

    private final List<int[]> pages;
    private final List<long[]> stores;
    private final int pageCount;

    private DirtyTrace(List<int[]> pages, List<long[]> stores, int pageCount) {
        this.pages = List.copyOf(pages);
        this.stores = List.copyOf(stores);
        this.pageCount = pageCount;
    }

    /** Takes up what was recorded, row by row in any order. */
    public static final class Recording {

        private final NavigableMap<Integer, NavigableMap<Long, Long>> rows = new TreeMap<>();

        /**
         * One row: a page was stored to so often in an interval. Throws {@link
         * IllegalArgumentException} if a number is negative, or nothing was stored.
         */
        public void add(int interval, long page, long count) {
            if (interval < 0 || page < 0 || count < 1) {
                throw new IllegalArgumentException(
                        "an interval and a page of zero or more, and stores of one or more: "
                                + interval
                                + ", "
                                + page
                                + ", "
                                + count);
            }
            rows.computeIfAbsent(interval, _ -> new TreeMap<>()).merge(page, count, Long::sum);
        }

        /** The trace; throws {@link IllegalArgumentException} if nothing was recorded. */
        public DirtyTrace toTrace() {
            if (rows.isEmpty()) {
                throw new IllegalArgumentException("nothing was recorded");
            }
            NavigableMap<Long, Integer> numbers = new TreeMap<>();
            rows.values().forEach(row -> row.keySet().forEach(page -> numbers.put(page, 0)));
            int count = 0;
            for (var number : numbers.entrySet()) {
                number.setValue(count++);
            }
            List<int[]> pages = new ArrayList<>();
            List<long[]> stores = new ArrayList<>();
            for (int interval = 0; interval <= rows.lastKey(); interval++) {
                NavigableMap<Long, Long> row = rows.getOrDefault(interval, new TreeMap<>());
                pages.add(row.keySet().stream().mapToInt(numbers::get).toArray());
                stores.add(row.values().stream().mapToLong(Long::longValue).toArray());
            }
            return new DirtyTrace(pages, stores, count);
        }
    }

    /**
     * A small trace that was made up, not recorded: 96 pages are written once, then a window of
     * eight moves over them while two more are written all the time.
     */
    public static DirtyTrace phases() {
        Recording recording = new Recording();
        for (int interval = 0; interval < 40; interval++) {
            recording.add(interval, 0, 50);
            recording.add(interval, 1, 20);
            for (int page = 2; page < 98; page++) {
                if (interval < 4 ? page % 4 == interval : (page + interval) / 8 % 12 == 5) {
                    recording.add(interval, page, 3);
                }
            }
        }
        return recording.toTrace();
    }

    /** How many intervals. */
    public int intervals() {
        return pages.size();
    }

    /** How many pages are ever written. */
    public int pageCount() {
        return pageCount;
    }

    /** How many pages an interval writes. */
    public int dirty(int interval) {
        return pages.get(interval).length;
    }

    /** The how-manieth page, from zero, that an interval writes. */
    public int page(int interval, int which) {
        return pages.get(interval)[which];
    }

    /** How many stores that page gets in the interval. */
    public long stores(int interval, int which) {
        return stores.get(interval)[which];
    }
}
