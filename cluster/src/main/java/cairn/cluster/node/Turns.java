package cairn.cluster.node;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one thing at a time, in the order in which they were asked for, on whichever thread finds
 * nobody at it. A message is so handled by the thread that brought it, without waking another.
 */
final class Turns {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** Runs something, now or when what was asked for before is done. */
    void take(Runnable action) {
        waiting.add(action);
        if (count.getAndIncrement() > 0) {
            return;
        }
        do {
            Objects.requireNonNull(waiting.poll()).run();
        } while (count.decrementAndGet() > 0);
    }
}
