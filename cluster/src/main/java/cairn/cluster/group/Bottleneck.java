package cairn.cluster.group;

import org.jgroups.Message;
import org.jgroups.util.TimeScheduler;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * A narrow place in the way from one member: messages pass one after the other, each in the time
 * that its bytes take. When it is wide again, all that wait pass at once.
 */
final class Bottleneck {

    /** Packets that wait; more are dropped, and sent again by JGroups: netem's usual limit. */
    static final int MOST_WAITING = 1_000;

    private final TimeScheduler timer;
    private final DoubleSupplier bytesPerNano;
    private final Consumer<Message> exit;
    private final Queue<Message> queue = new ArrayDeque<>();
    private long freeAt = System.nanoTime();

    /** What was scheduled under an earlier number does not happen. */
    private long turn;

    /**
     * A place where nothing waits.
     *
     * @param bytesPerNano how much passes now; infinity for all at once
     * @param exit takes what has passed, on a thread of the timer
     */
    Bottleneck(TimeScheduler timer, DoubleSupplier bytesPerNano, Consumer<Message> exit) {
        this.timer = timer;
        this.bytesPerNano = bytesPerNano;
        this.exit = exit;
    }

    /** More passes than before, or less: what is passing begins anew. */
    synchronized void changed() {
        freeAt = System.nanoTime();
        turn++;
        serveNext();
    }

    /** Whether nothing waits. */
    synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Takes a message, which passes in its turn, or drops it where too many wait already. */
    synchronized void enter(Message message) {
        if (queue.size() == MOST_WAITING) {
            return;
        }
        queue.add(message);
        if (queue.size() == 1) {
            freeAt = Math.max(freeAt, System.nanoTime());
            serveNext();
        }
    }

    private void serveNext() {
        Message first = queue.peek();
        if (first != null) {
            freeAt += (long) (first.size() / bytesPerNano.getAsDouble());
            long expected = turn;
            // Counted from the one before: what the timer is late adds up to nothing.
            var _ =
                    timer.schedule(
                            () -> pass(expected),
                            Math.max(0, freeAt - System.nanoTime()),
                            TimeUnit.NANOSECONDS);
        }
    }

    private void pass(long expected) {
        Message through = through(expected);
        if (through != null) {
            exit.accept(through);
        }
    }

    private synchronized @Nullable Message through(long expected) {
        if (expected != turn) {
            return null;
        }
        Message first = queue.remove();
        serveNext();
        return first;
    }
}
