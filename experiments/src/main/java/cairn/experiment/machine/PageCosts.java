package cairn.experiment.machine;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.cluster.memory.ProtectedRegion;
import cairn.cluster.memory.Unavailable;
import cairn.model.memory.PagedMemory;

/**
 * What pages cost that the kernel of this machine protects by userfaultfd, in nanoseconds: medians,
 * of 8 MiB that were all stored to before.
 *
 * @param protectNanos protecting a page, as one of all
 * @param faultNanos a store that is stopped until another thread has unprotected the page
 * @param noteNanos a store that passes, the first to its page, and is noted
 * @param scanNanos asking for a page whether it was stored to, as one of all, half of which were
 * @param missing a clause that says why nothing was measured; else empty
 */
public record PageCosts(
        double protectNanos, long faultNanos, long noteNanos, double scanNanos, String missing) {

    private static final int PAGES = 2_048;

    /** Measures it, each step so many times. */
    static PageCosts measure(int times) {
        try (var region = new ProtectedRegion(PAGES)) {
            var memory = new PagedMemory(region);
            memory.onFault(memory::unprotect);
            storeToEverySecond(memory, 0);
            storeToEverySecond(memory, 1);
            int rounds = Math.max(3, times / 20);
            double protect = (double) Sample.of(times, memory::protectAll).median() / PAGES;
            long[] faults = new long[rounds];
            for (int round = 0; round < rounds; round++) {
                memory.protectAll();
                faults[round] = storeToEverySecond(memory, round % 2);
            }
            memory.track();
            long[] notes = new long[rounds];
            long[] scans = new long[rounds];
            for (int round = 0; round < rounds; round++) {
                notes[round] = storeToEverySecond(memory, round % 2);
                long before = System.nanoTime();
                int found = memory.collect().cardinality();
                scans[round] = System.nanoTime() - before;
                if (found != PAGES / 2) {
                    throw new IllegalStateException(
                            found + " pages were noted, and not " + PAGES / 2);
                }
            }
            return new PageCosts(
                    protect,
                    new Sample(faults).median(),
                    new Sample(notes).median(),
                    (double) new Sample(scans).median() / PAGES,
                    "");
        } catch (Unavailable e) {
            return new PageCosts(0, 0, 0, 0, e.reason());
        }
    }

    /** Returns the nanoseconds of one of the stores. */
    private static long storeToEverySecond(PagedMemory memory, int first) {
        long before = System.nanoTime();
        for (int page = first; page < PAGES; page += 2) {
            memory.writeLong((long) page * PAGE_BYTES, page);
        }
        return (System.nanoTime() - before) * 2 / PAGES;
    }

    /** Whether there is anything. */
    public boolean isMeasured() {
        return missing.isEmpty();
    }
}
