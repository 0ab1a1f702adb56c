package cairn.cluster.node;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs one thing at a time, in the order in which they were asked for, on whichever thread finds
 * nobody at it. A message is so handled by the thread that brought it, without waking another. What
 * throws is told of and does not keep the next from its turn, whichever thread it was.
 */
final class Turns {

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Consumer<Throwable> broken;

    Turns(Consumer<Throwable> broken) {
        this.broken = broken;
    }

    /** Runs something, now or when what was asked for before is done. */
    void take(Runnable action) {
        waiting.add(action);
        if (count.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = Objects.requireNonNull(waiting.poll());
            try {
                next.run();
            } catch (RuntimeException | Error e) {
                broken.accept(e);
            }
        } while (count.decrementAndGet() > 0);
    }
}
