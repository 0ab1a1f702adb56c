package cairn.cluster.node;

import java.util.HashMap;
import java.util.Map;

/**
 * Cores beside the one of the event loop. Work that is handed to them is time that passes: what a
 * computation really stores, it stores in the event loop.
 */
final class Cores {

    private final long[] freeAt;
    private final Map<Long, Work> works = new HashMap<>();

    /** Work under way, or waiting for its core. */
    private record Work(int core, long begin, long end) {}

    Cores(int cores) {
        freeAt = new long[Math.max(1, cores)];
    }

    /** Takes work; returns when it will be done. */
    long begin(long token, long now, long nanos) {
        int core = 0;
        for (int i = 1; i < freeAt.length; i++) {
            if (freeAt[i] < freeAt[core]) {
                core = i;
            }
        }
        long begin = Math.max(now, freeAt[core]);
        long end = begin + nanos;
        freeAt[core] = end;
        works.put(token, new Work(core, begin, end));
        return end;
    }

    /** Whether work that was begun until then has ended now, and was not taken back. */
    boolean end(long token, long end) {
        Work work = works.get(token);
        return work != null && work.end == end && works.remove(token, work);
    }

    /**
     * Takes work back; returns how much of it was left, zero if it is done. What waits behind it on
     * its core begins when it would have.
     */
    long interrupt(long token, long now) {
        Work work = works.get(token);
        if (work == null || work.end <= now) {
            // Unknown, or on its way already.
            return 0;
        }
        works.remove(token);
        freeAt[work.core] = lastEnd(work.core, now);
        return work.end - Math.max(now, work.begin);
    }

    private long lastEnd(int core, long now) {
        long end = now;
        for (Work work : works.values()) {
            if (work.core == core) {
                end = Math.max(end, work.end);
            }
        }
        return end;
    }
}
