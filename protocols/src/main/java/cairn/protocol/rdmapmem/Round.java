package cairn.protocol.rdmapmem;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Manage;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Managed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotBound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Obeyed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Order;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Outranked;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Report;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One order at a time to all units, repeated to those that have not yet reported that they obeyed.
 */
final class Round {

    private final List<NodeId> units;
    private final NavigableMap<NodeId, Integer> values = new TreeMap<>();
    private @Nullable Order order;
    private Completion then = (_, _) -> {};

    /** What follows when all units have obeyed. */
    interface Completion {

        /**
         * Goes on.
         *
         * @param values what each unit returned: for an order to bind, its key; to unbind or to
         *     revoke, whose access that ended
         */
        void accept(NavigableMap<NodeId, Integer> values, Outbox<RdmaPmemMessage> out);
    }

    Round(List<NodeId> units) {
        this.units = units;
    }

    boolean isOpen() {
        return order != null;
    }

    void begin(Order begun, Completion next, Outbox<RdmaPmemMessage> out) {
        order = begun;
        then = next;
        values.clear();
        ask(out);
    }

    /** Asks those that have not obeyed, if there is an order. */
    void ask(Outbox<RdmaPmemMessage> out) {
        Order asked = order;
        if (asked != null) {
            missing().forEach(unit -> out.send(unit, asked));
        }
    }

    private List<NodeId> missing() {
        return units.stream().filter(unit -> !values.containsKey(unit)).toList();
    }

    void stop() {
        order = null;
    }

    /** Takes a report, and goes on if it is the last one; true if a unit refused: then it ends. */
    boolean isRefused(NodeId unit, Report report, Outbox<RdmaPmemMessage> out) {
        Order asked = order;
        if (asked == null || !units.contains(unit)) {
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

    private void obeyed(NodeId unit, int value, Outbox<RdmaPmemMessage> out) {
        values.putIfAbsent(unit, value);
        if (values.size() == units.size()) {
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
