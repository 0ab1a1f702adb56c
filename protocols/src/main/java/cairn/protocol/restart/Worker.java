package cairn.protocol.restart;

import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.Inbox;
import cairn.protocol.restart.RestartMessage.Arrived;
import cairn.protocol.restart.RestartMessage.Begin;
import cairn.protocol.restart.RestartMessage.Carried;
import cairn.protocol.restart.RestartMessage.Go;
import cairn.protocol.restart.RestartMessage.Ready;
import cairn.protocol.restart.RestartMessage.Started;

import org.jspecify.annotations.Nullable;

/** Executes a rank, from its beginning in each era. */
final class Worker implements Node<RestartMessage>, Host<RestartMessage> {

    private static final long TICK = 1;

    private final RestartSettings settings;
    private final CpuCosts costs;
    private final NodeId coordinator;
    private final Rank rank;
    private final Channels<Parcel> channels;
    private final Inbox inbox = new Inbox();
    private int incarnation;

    Worker(RestartSettings settings, Rank rank, int ranks, CpuCosts costs) {
        this.settings = settings;
        this.rank = rank;
        this.costs = costs;
        this.coordinator = new NodeId(ranks);
        this.channels = new Channels<>(ranks);
    }

    @Override
    public void boot(Boot boot, Outbox<RestartMessage> out) {
        incarnation = boot.incarnation();
        out.claim(new Fact.Doing(rank.index(), Activity.RESTART));
        tick(out);
    }

    @Override
    public void on(Event<RestartMessage> event, Outbox<RestartMessage> out) {
        switch (event) {
            case Event.Delivered<RestartMessage>(NodeId origin, RestartMessage message) -> {
                out.spend(costs.messageNanos());
                delivered(origin, message, out);
            }
            case Event.Computed<RestartMessage>(long token) -> {
                if (rank.computed(token)) {
                    rank.run(this, out);
                }
            }
            case Event.Fired<RestartMessage> _ -> tick(out);
            case Event.Asked<RestartMessage> _,
                    Event.Answered<RestartMessage> _,
                    Event.OfNic<RestartMessage> _,
                    Event.OfDisk<RestartMessage> _ ->
                    throw new IllegalStateException("not for a rank: " + event);
        }
    }

    private void delivered(NodeId origin, RestartMessage message, Outbox<RestartMessage> out) {
        switch (message) {
            case Begin(long era) -> {
                if (era > channels.era()) {
                    begin(era, out);
                }
                if (era == channels.era()) {
                    out.send(coordinator, new Ready(era, incarnation));
                }
            }
            case Go(long era, int instance) -> {
                if (era == channels.era() && instance == incarnation && rank.isStopped()) {
                    out.claim(new Fact.Doing(rank.index(), Activity.USEFUL));
                    rank.start(this, out);
                }
            }
            case Carried(Frame<Parcel> frame) -> {
                inbox.add(channels.receive(origin.index(), frame, wire(out)));
                rank.run(this, out);
            }
            case Arrived(long era, long upTo) ->
                    channels.acknowledged(origin.index(), era, upTo, wire(out));
            case Started(), Ready _ ->
                    throw new IllegalStateException("not for a rank: " + message);
        }
    }

    private void begin(long era, Outbox<RestartMessage> out) {
        channels.begin(era);
        inbox.clear();
        out.memory().clear();
        rank.reset();
        rank.initialise(out.memory());
        out.claim(new Fact.Doing(rank.index(), Activity.RESTART));
        out.claim(new Fact.Resumed(rank.index(), Epoch.ZERO));
    }

    private void tick(Outbox<RestartMessage> out) {
        if (channels.era() == 0) {
            out.send(coordinator, new Started());
        } else if (rank.isStopped()) {
            out.send(coordinator, new Ready(channels.era(), incarnation));
        }
        channels.tick(wire(out));
        out.arm(TICK, settings.retryNanos());
    }

    private static Channels.Wire<Parcel> wire(Outbox<RestartMessage> out) {
        return Channels.Wire.to(NodeId::new, Carried::new, Arrived::new, out);
    }

    // ---- what the rank asks for

    @Override
    public void send(Parcel parcel, Outbox<RestartMessage> out) {
        out.spend(costs.messageNanos());
        channels.send(parcel.to(), parcel, wire(out));
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<RestartMessage> out) {
        return inbox.take(from);
    }

    /** Leaves at once, although it may be repeated: nothing is promised about outputs. */
    @Override
    public void output(long number, long value, Outbox<RestartMessage> out) {
        out.claim(new Fact.Emitted(rank.index(), number, value));
    }

    @Override
    public String waitsFor() {
        return channels.era() == 0 ? "being told to begin" : rank.waitsFor();
    }
}
