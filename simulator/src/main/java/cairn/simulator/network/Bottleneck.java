package cairn.simulator.network;

import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A narrow place in the way from one machine to another, where messages of all classes of traffic
 * wait for each other behind the sender's port.
 *
 * <p>What waits is not under way yet: when the way is as wide as before, all of it goes on at once.
 * What is passing when the width changes begins anew.
 */
final class Bottleneck implements LogicalProcess {

    private final Kernel kernel;
    private final int process;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private Port port = new Port();

    /** How often the width changed; what was expected before that does not happen. */
    private long width;

    /** A message that has left the sender's port, or will at a time. */
    record Waiting(
            Link link,
            long departure,
            boolean late,
            int bytes,
            int kind,
            long argument,
            @Nullable Object payload) {

        private void goOn(long departure) {
            link.travel(departure, late, bytes, kind, argument, payload);
        }
    }

    Bottleneck(Kernel kernel) {
        this.kernel = kernel;
        this.process = kernel.register(this);
    }

    void enter(Waiting message) {
        queue.add(message);
        if (queue.size() == 1) {
            serve();
        }
    }

    /** The way is narrower or wider than before. */
    void changed() {
        width++;
        port = new Port();
        serve();
    }

    private void serve() {
        for (Waiting first = queue.peek(); first != null; first = queue.peek()) {
            long begin = Math.max(kernel.now(), first.departure);
            double bytesPerNano = first.link.bytesPerNano();
            if (bytesPerNano < Double.POSITIVE_INFINITY) {
                long through = port.pass(begin, first.bytes / bytesPerNano);
                if (through > first.departure) {
                    // Now, and not when it is through: it may never be.
                    first.link.spoilt();
                }
                kernel.schedule(through, process, 0, width, null);
                return;
            }
            queue.remove();
            first.goOn(begin);
        }
    }

    /** The first of those that wait is through. */
    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        if (argument != width) {
            return;
        }
        queue.remove().goOn(kernel.now());
        serve();
    }
}
