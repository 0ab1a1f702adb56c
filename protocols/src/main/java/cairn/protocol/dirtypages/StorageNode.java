package cairn.protocol.dirtypages;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.remote.Errand;
import cairn.part.remote.LentDisk;
import cairn.protocol.dirtypages.DirtyPagesMessage.Ferried;
import cairn.protocol.dirtypages.DirtyPagesMessage.Gather;
import cairn.protocol.dirtypages.DirtyPagesMessage.Have;
import cairn.protocol.dirtypages.DirtyPagesMessage.Landed;
import cairn.protocol.dirtypages.DirtyPagesMessage.Started;

import java.util.List;

/** Lends its disk to all nodes of an era. What was asked for in an older one is not answered. */
final class StorageNode implements Node<DirtyPagesMessage> {

    private static final long TICK = 1;

    private final DirtyPagesSettings settings;
    private final CpuCosts costs;
    private final NodeId coordinator;
    private final Channels<Errand> channels;
    private final LentDisk disk = new LentDisk();
    private int incarnation;

    StorageNode(DirtyPagesSettings settings, Layout layout, CpuCosts costs) {
        this.settings = settings;
        this.costs = costs;
        this.coordinator = layout.coordinator();
        this.channels = new Channels<>(layout.nodes());
    }

    @Override
    public void boot(Boot boot, Outbox<DirtyPagesMessage> out) {
        incarnation = boot.incarnation();
        tick(out);
    }

    @Override
    public void on(Event<DirtyPagesMessage> event, Outbox<DirtyPagesMessage> out) {
        switch (event) {
            case Event.Delivered<DirtyPagesMessage>(NodeId origin, DirtyPagesMessage message) -> {
                out.spend(costs.messageNanos());
                delivered(origin, message, out);
            }
            case Event.OfDisk<DirtyPagesMessage> answer -> answered(answer, out);
            case Event.Fired<DirtyPagesMessage> _ -> tick(out);
            case Event.Asked<DirtyPagesMessage> _,
                    Event.Answered<DirtyPagesMessage> _,
                    Event.Computed<DirtyPagesMessage> _,
                    Event.OfNic<DirtyPagesMessage> _ ->
                    throw new IllegalStateException("not for a storage node: " + event);
        }
    }

    private void delivered(
            NodeId origin, DirtyPagesMessage message, Outbox<DirtyPagesMessage> out) {
        switch (message) {
            // Its channels of that era were those of an earlier life.
            case Gather(long _, int life, List<Integer> _) when life != incarnation ->
                    out.send(coordinator, new Started(incarnation));
            case Gather(long era, int _, List<Integer> _) -> {
                if (era > channels.era()) {
                    channels.begin(era);
                    disk.forget();
                }
                if (era == channels.era()) {
                    out.send(coordinator, new Have(era, List.of()));
                }
            }
            case Ferried(Frame<Errand> frame) ->
                    channels.receive(origin.index(), frame, wire(out))
                            .forEach(errand -> disk.carryOut(origin.index(), errand, out.disk()));
            case Landed(long era, long upTo) ->
                    channels.acknowledged(origin.index(), era, upTo, wire(out));
            case DirtyPagesMessage _ ->
                    throw new IllegalStateException("not for a storage node: " + message);
        }
    }

    private void answered(Event.OfDisk<DirtyPagesMessage> event, Outbox<DirtyPagesMessage> out) {
        LentDisk.Answer answer = disk.answered(event);
        if (answer != null) {
            channels.send(answer.who(), answer.errand(), wire(out));
        }
    }

    private void tick(Outbox<DirtyPagesMessage> out) {
        if (channels.era() == 0) {
            out.send(coordinator, new Started(incarnation));
        }
        channels.tick(wire(out));
        out.arm(TICK, settings.retryNanos());
    }

    private static Channels.Wire<Errand> wire(Outbox<DirtyPagesMessage> out) {
        return Channels.Wire.to(NodeId::new, Ferried::new, Landed::new, out);
    }

    @Override
    public String waitsFor() {
        return channels.era() == 0 ? "being told of an era" : "errands";
    }
}
