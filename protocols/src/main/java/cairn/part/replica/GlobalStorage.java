package cairn.part.replica;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.replica.ReplicaMessage.Carrier;
import cairn.part.replica.ReplicaMessage.ToHolder;

/**
 * Storage that all nodes reach (CS-7): replicas put versions there, and whoever loads can read
 * them. It keeps the newest version of the newest term as a whole, whoever sends it.
 */
final class GlobalStorage<M extends Message> implements Node<M> {

    private final Holder<M> holder;
    private final CpuCosts costs;

    GlobalStorage(Replicas<M> replicas, NodeId self) {
        this.holder = new Holder<>(replicas, self, 0);
        this.costs = replicas.costs();
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        holder.boot(boot.incarnation(), out);
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Delivered(NodeId from, Carrier carrier)
                    when carrier.carried() instanceof ToHolder message -> {
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
