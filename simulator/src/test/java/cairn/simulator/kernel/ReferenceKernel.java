package cairn.simulator.kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** What the kernel promises, written down as simply as possible. */
final class ReferenceKernel {
    record Happening(long time, long sequence, int process, int kind, long argument) {}

    private final TreeSet<Happening> pending =
            new TreeSet<>(
                    Comparator.comparingLong(Happening::time)
                            .thenComparingLong(Happening::sequence));
    private final List<Happening> scheduled = new ArrayList<>();
    private long now;

    /** Schedules, and answers the how-manieth this is. */
    int schedule(long time, int process, int kind, long argument) {
        Happening happening = new Happening(time, scheduled.size(), process, kind, argument);
        scheduled.add(happening);
        pending.add(happening);
        return scheduled.size() - 1;
    }

    boolean cancel(int index) {
        return pending.remove(scheduled.get(index));
    }

    @Nullable Happening step() {
        Happening next = pending.pollFirst();
        now = next == null ? now : next.time();
        return next;
    }

    long now() {
        return now;
    }

    int pending() {
        return pending.size();
    }

    int scheduled() {
        return scheduled.size();
    }

    long nextTime() {
        return pending.isEmpty() ? Long.MAX_VALUE : pending.first().time();
    }
}
