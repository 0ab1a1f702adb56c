package cairn.protocol.dirtypages;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.protocol.dirtypages.DirtyPagesMessage.Ferried;
import cairn.protocol.dirtypages.DirtyPagesMessage.Gather;
import cairn.protocol.dirtypages.DirtyPagesMessage.Have;
import cairn.protocol.dirtypages.DirtyPagesMessage.Landed;
import cairn.protocol.dirtypages.DirtyPagesMessage.Started;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Lends its disk to all nodes of an era. What was asked for in an older one is not answered. */
final class StorageNode implements Node<DirtyPagesMessage> {

    private static final long TICK = 1;

    private final DirtyPagesSettings settings;
    private final CpuCosts costs;
    private final NodeId coordinator;
    private final Channels<Errand> channels;
    private final NavigableMap<Long, Asked> asked = new TreeMap<>();
    private long lastToken;
    private int incarnation;

    /** Who asked, and under which token. */
    private record Asked(int node, long token) {}

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
            case Gather(long era, List<Integer> _) -> {
                if (era > channels.era()) {
                    channels.begin(era);
                    asked.clear();
                }
                if (era == channels.era()) {
                    out.send(coordinator, new Have(era, incarnation, List.of()));
                }
            }
            case Ferried(Frame<Errand> frame) ->
                    channels.receive(origin.index(), frame, wire(out))
                            .forEach(errand -> carryOut(origin.index(), errand, out));
            case Landed(long era, long upTo) ->
                    channels.acknowledged(origin.index(), era, upTo, wire(out));
            case DirtyPagesMessage _ ->
                    throw new IllegalStateException("not for a storage node: " + message);
        }
    }

    private void carryOut(int node, Errand errand, Outbox<DirtyPagesMessage> out) {
        long token = ++lastToken;
        asked.put(token, new Asked(node, errand.token()));
        switch (errand) {
            case Errand.Write(long _, String file, long offset, byte[] content) ->
                    out.disk().write(token, file, offset, content);
            case Errand.Sync(long _, String file) -> out.disk().sync(token, file);
            case Errand.Rename(long _, String from, String to) ->
                    out.disk().rename(token, from, to);
            case Errand.Delete(long _, String file) -> out.disk().delete(token, file);
            case Errand.SyncDirectory _ -> out.disk().syncDirectory(token);
            case Errand.Read(long _, String file) -> out.disk().read(token, file);
            case Errand.ListNames _ -> out.disk().list(token);
            case Errand.Done _, Errand.Content _, Errand.Names _, Errand.Refused _ ->
                    throw new IllegalStateException("an answer, and nothing was asked: " + errand);
        }
    }

    private void answered(Event.OfDisk<DirtyPagesMessage> answer, Outbox<DirtyPagesMessage> out) {
        Asked who = asked.remove(answer.token());
        if (who == null) {
            return;
        }
        channels.send(who.node, Errand.answer(who.token, answer), wire(out));
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
