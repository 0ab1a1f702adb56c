package cairn.protocol.rdmapmem;

import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Manage;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Managed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotBound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Order;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Outranked;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Program;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Programmed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Report;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Revoke;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbound;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Withdrawn;

import java.util.List;
import java.util.function.Consumer;

/** One order to all units, repeated to those that have not yet reported that they obeyed. */
final class Round {

    private final Order order;
    private final boolean[] obeyed;
    private final int[] values;
    private Consumer<Outbox<RdmaPmemMessage>> then = out -> {};
    private int left;

    /** What a report means for the round. */
    enum Outcome {
        NOTHING_NEW,
        COMPLETE,
        REFUSED
    }

    Round(Order order, int units) {
        this.order = order;
        this.obeyed = new boolean[units];
        this.values = new int[units];
        this.left = units;
    }

    void andThen(Consumer<Outbox<RdmaPmemMessage>> next) {
        then = next;
    }

    Consumer<Outbox<RdmaPmemMessage>> then() {
        return then;
    }

    /**
     * What each unit returned: for an order to bind, its key; to unbind or to revoke, whose access
     * that ended.
     */
    int[] values() {
        return values.clone();
    }

    void ask(List<NodeId> units, Outbox<RdmaPmemMessage> out) {
        for (int unit = 0; unit < obeyed.length; unit++) {
            if (!obeyed[unit]) {
                out.send(units.get(unit), order);
            }
        }
    }

    Outcome take(int unit, Report report) {
        if (report instanceof NotBound(long term, NodeId requester, long attempt, int region)) {
            return order instanceof Bind bind
                            && bind.term() == term
                            && bind.requester().equals(requester)
                            && bind.attempt() == attempt
                            && bind.region() == region
                    ? Outcome.REFUSED
                    : Outcome.NOTHING_NEW;
        }
        if (unit < 0 || obeyed[unit] || !answers(unit, report)) {
            return Outcome.NOTHING_NEW;
        }
        obeyed[unit] = true;
        return --left == 0 ? Outcome.COMPLETE : Outcome.NOTHING_NEW;
    }

    private boolean answers(int unit, Report report) {
        return switch (report) {
            case Managed(long term, Directory _) ->
                    order instanceof Manage(long asked, long _) && asked == term;
            case Programmed(long term, long generation) ->
                    order instanceof Program(long asked, Directory wanted)
                            && asked == term
                            && wanted.generation() == generation;
            case Bound(long term, NodeId requester, long attempt, int region, int rkey) -> {
                values[unit] = rkey;
                yield order instanceof Bind bind
                        && bind.term() == term
                        && bind.requester().equals(requester)
                        && bind.attempt() == attempt
                        && bind.region() == region;
            }
            case Unbound(long term, NodeId requester, long attempt, int region, int ended) -> {
                values[unit] = ended;
                yield order.equals(new Unbind(term, requester, attempt, region));
            }
            case Withdrawn(long term, long leaderTerm, int ended) -> {
                values[unit] = ended;
                yield order.equals(new Revoke(term, leaderTerm));
            }
            case NotBound _, Outranked _ -> false;
        };
    }

    String waitsFor(List<NodeId> units) {
        StringBuilder text = new StringBuilder(order.getClass().getSimpleName());
        text.append(" to be obeyed by");
        for (int unit = 0; unit < obeyed.length; unit++) {
            if (!obeyed[unit]) {
                text.append(' ').append(units.get(unit));
            }
        }
        return text.toString();
    }
}
