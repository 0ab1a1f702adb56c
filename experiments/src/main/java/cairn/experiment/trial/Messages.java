package cairn.experiment.trial;

import cairn.report.trace.TraceView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;

/**
 * Joins what was sent with what arrived: the network carries the object itself. One that is sent
 * again and again, such as a heartbeat, is taken for the last that was sent to the same machine and
 * has not arrived; a duplicate comes from the last of all.
 */
final class Messages {

    private record Sending(int event, int to) {}

    private final IdentityHashMap<Object, Deque<Sending>> underWay = new IdentityHashMap<>();
    private final IdentityHashMap<Object, Sending> arrived = new IdentityHashMap<>();

    void sent(int event, int from, int to, @Nullable Object message) {
        if (message != null && from != to) {
            underWay.computeIfAbsent(message, _ -> new ArrayDeque<>()).push(new Sending(event, to));
        }
    }

    void delivered(TraceView view, int event, int node, @Nullable Object message) {
        if (message == null) {
            return;
        }
        Deque<Sending> waiting = underWay.getOrDefault(message, new ArrayDeque<>());
        Sending last =
                waiting.stream()
                        .filter(sending -> sending.to() == node)
                        .findFirst()
                        .orElse(arrived.get(message));
        if (last != null && last.to() == node) {
            waiting.remove(last);
            arrived.put(message, last);
            view.arrow(last.event(), event);
        }
    }
}
