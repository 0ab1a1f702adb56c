package cairn.cluster.node;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The armed timers of one node; used in its turns alone. */
final class LiveTimers {

    private final ScheduledExecutorService executor;
    private final Turns turns;
    private final Map<Long, Armed> armed = new HashMap<>();
    private long arming;

    /** One arming of a timer: what runs out later belongs to it or is forgotten. */
    private record Armed(long number, ScheduledFuture<?> due) {}

    LiveTimers(ScheduledExecutorService executor, Turns turns) {
        this.executor = executor;
        this.turns = turns;
    }

    /** Does something after a delay, unless the timer is armed again or stopped before. */
    void arm(long name, long delayNanos, Runnable action) {
        disarm(name);
        long number = ++arming;
        ScheduledFuture<?> due =
                executor.schedule(
                        () -> turns.take(() -> fired(name, number, action)),
                        delayNanos,
                        TimeUnit.NANOSECONDS);
        armed.put(name, new Armed(number, due));
    }

    private void fired(long name, long number, Runnable action) {
        Armed current = armed.get(name);
        if (current != null && current.number == number) {
            armed.remove(name);
            action.run();
        }
    }

    void disarm(long name) {
        Armed former = armed.remove(name);
        if (former != null) {
            former.due.cancel(false);
        }
    }

    void disarmAll() {
        armed.values().forEach(each -> each.due.cancel(false));
        armed.clear();
    }
}
