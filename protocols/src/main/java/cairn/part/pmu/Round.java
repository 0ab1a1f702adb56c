package cairn.part.pmu;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.pmu.PmuMessage.Bind;
import cairn.part.pmu.PmuMessage.Manage;
import cairn.part.pmu.PmuMessage.Managed;
import cairn.part.pmu.PmuMessage.NotBound;
import cairn.part.pmu.PmuMessage.Obeyed;
import cairn.part.pmu.PmuMessage.Order;
import cairn.part.pmu.PmuMessage.Outranked;
import cairn.part.pmu.PmuMessage.Report;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One order at a time to all units, repeated to those that have not yet reported that they obeyed.
 */
final class Round<M extends Message> {

    private final Pmu<M> pmu;
    private final NavigableMap<NodeId, Integer> values = new TreeMap<>();
    private @Nullable Order order;
    private Completion<M> then = (_, _) -> {};

    /** What follows when all units have obeyed. */
    interface Completion<M extends Message> {

        /**
         * Goes on.
         *
         * @param values what each unit returned: for an order to bind, its key; to unbind or to
         *     revoke, whose access that ended
         */
        void accept(NavigableMap<NodeId, Integer> values, Outbox<M> out);
    }

    Round(Pmu<M> pmu) {
        this.pmu = pmu;
    }

    boolean isOpen() {
        return order != null;
    }

    void begin(Order begun, Completion<M> next, Outbox<M> out) {
        order = begun;
        then = next;
        values.clear();
        ask(out);
    }

    /** Asks those that have not obeyed, if there is an order. */
    void ask(Outbox<M> out) {
        Order asked = order;
        if (asked != null) {
            missing().forEach(unit -> pmu.send(unit, asked, out));
        }
    }

    private List<NodeId> missing() {
        return pmu.units().stream().filter(unit -> !values.containsKey(unit)).toList();
    }

    void stop() {
        order = null;
    }

    /** Takes a report, and goes on if it is the last one; true if a unit refused: then it ends. */
    boolean isRefused(NodeId unit, Report report, Outbox<M> out) {
        Order asked = order;
        if (asked == null || !pmu.units().contains(unit)) {
            return false;
        }
        switch (report) {
            case Managed(long term, Directory _) -> {
                if (asked instanceof Manage manage && manage.term() == term) {
                    obeyed(unit, 0, out);
                }
            }
            case Obeyed(Order done, int value) -> {
                if (asked.equals(done)) {
                    obeyed(unit, value, out);
                }
            }
            case NotBound(Bind refused) -> {
                if (asked.equals(refused)) {
                    stop();
                    return true;
                }
            }
            case Outranked _ -> {
                // For the manager to see.
            }
        }
        return false;
    }

    private void obeyed(NodeId unit, int value, Outbox<M> out) {
        values.putIfAbsent(unit, value);
        if (values.size() == pmu.units().size()) {
            stop();
            then.accept(new TreeMap<>(values), out);
        }
    }

    String waitsFor() {
        Order asked = order;
        return asked == null
                ? "nothing"
                : asked.getClass().getSimpleName() + " to be obeyed by " + missing();
    }
}
