package cairn.protocol.segments;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.segments.SegmentsMessage.ToReplica;

/**
 * Storage that all nodes reach (CS-7): replicas put versions there, and whoever loads can read
 * them. It keeps the newest version of the newest term as a whole, whoever sends it.
 */
final class GlobalStorage implements Node<SegmentsMessage> {

    private final Holder holder;
    private final CpuCosts costs;

    GlobalStorage(Setup setup, NodeId self) {
        this.holder = new Holder(setup, self, 0);
        this.costs = setup.costs();
    }

    @Override
    public void boot(Boot boot, Outbox<SegmentsMessage> out) {
        holder.boot(boot.incarnation(), out);
    }

    @Override
    public void on(Event<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId from, ToReplica message) -> {
                out.spend(costs.messageNanos());
                if (holder.isReady()) {
                    holder.on(from, message, out);
                }
            }
            case Event.OfDisk<?> disk -> holder.onDisk(disk, out);
            case Event.Fired(long timer) -> holder.fired(timer, out);
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _ ->
                    throw new IllegalStateException("not for the global storage: " + event);
        }
    }

    @Override
    public String waitsFor() {
        return holder.isReady() ? "copies" : "its disk";
    }
}
