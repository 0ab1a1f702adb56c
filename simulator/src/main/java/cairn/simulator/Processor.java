package cairn.simulator;

import cairn.fault.Factors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cores of one machine, which a fault slows down. */
final class Processor {

    private final long[] freeAt;
    private final Factors slowness = new Factors();

    /** What was handed to the cores and has neither ended nor been taken off, in that order. */
    private final List<Work> works = new ArrayList<>();

    private long slowed;

    /** Work on a core, and how slow it was when it was handed over. */
    private record Work(long token, int core, long begin, long end, double slowness) {}

    /** One core at least. */
    Processor(int cores) {
        freeAt = new long[Math.max(1, cores)];
    }

    /** What begins from now on takes this many times as long, beside what slows it already. */
    void slow(double factor) {
        slowness.begin(factor);
    }

    /** Ends one slowness by a factor. */
    void recover(double factor) {
        slowness.end(factor);
    }

    /** How often it was slower than it is by itself so far. */
    long slowed() {
        return slowed;
    }

    /** How long something takes for which it needs so many nanoseconds by itself. */
    long nanos(long usual) {
        double factor = slowness.product();
        slowed += usual > 0 && factor != 1 ? 1 : 0;
        return factor == 1 ? usual : Math.round(usual * factor);
    }

    /** Begins to compute on the core that is free first; returns when that is done. */
    long compute(long token, long now, long nanos) {
        int core = 0;
        for (int i = 1; i < freeAt.length; i++) {
            if (freeAt[i] < freeAt[core]) {
                core = i;
            }
        }
        long begin = Math.max(now, freeAt[core]);
        long end = begin + nanos(nanos);
        freeAt[core] = end;
        works.add(new Work(token, core, begin, end, slowness.product()));
        return end;
    }

    /** Whether work under a token ends now, and was not taken off its core. */
    boolean ends(long token, long now) {
        for (int i = 0; i < works.size(); i++) {
            Work work = works.get(i);
            if (work.token == token && work.end == now) {
                works.remove(i);
                return true;
            }
        }
        return false;
    }

    /**
     * Takes work off its core; returns how much of it is left, by itself: at least 1 unless it is
     * done, or unknown. What waits behind it on that core begins when it would have.
     */
    long interrupt(long token, long now) {
        for (int i = 0; i < works.size(); i++) {
            Work work = works.get(i);
            if (work.token == token && work.end > now) {
                works.remove(i);
                freeAt[work.core] = lastEnd(work.core, now);
                long left = work.end - Math.max(now, work.begin);
                return Math.max(1, Math.round(left / work.slowness));
            }
        }
        return 0;
    }

    private long lastEnd(int core, long now) {
        long end = now;
        for (Work work : works) {
            if (work.core == core) {
                end = Math.max(end, work.end);
            }
        }
        return end;
    }

    /** The process ended, and with it what it computed: all cores are free. */
    void clear() {
        works.clear();
        Arrays.fill(freeAt, 0);
    }
}
