package cairn.protocol.snapshots;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
import cairn.protocol.snapshots.SnapshotsMessage.Alive;
import cairn.protocol.snapshots.SnapshotsMessage.Beat;
import cairn.protocol.snapshots.SnapshotsMessage.Kill;
import cairn.protocol.snapshots.SnapshotsMessage.Probe;
import cairn.protocol.snapshots.SnapshotsMessage.Quiesce;
import cairn.protocol.snapshots.SnapshotsMessage.Start;
import cairn.protocol.snapshots.SnapshotsMessage.Trigger;

import org.jspecify.annotations.Nullable;

/**
 * A computer's daemon (SN-6). While its instance leads it is the first daemon of the patent: it
 * triggers snapshots, and ends the instance when that crashes or hangs. While the other one leads
 * it is the second: it detects the failure, of the instance or of its whole computer, and starts
 * its own. Suspicions may be wrong, which the storage's fence makes harmless.
 */
final class Daemon implements Node<SnapshotsMessage> {

    private static final long TICK = 1;
    private static final long SNAPSHOT = 2;
    private static final long SWITCH = 3;

    private final SnapshotsSettings settings;
    private final CpuCosts costs;
    private final Rules rules;
    private final Heartbeats heartbeats;
    private int computer;
    private NodeId instance = Topology.INSTANCES.getFirst();
    private NodeId peer = Topology.DAEMONS.getFirst();
    private @Nullable Alive own;
    private @Nullable Beat other;
    private long highest;
    private long starting;
    private long switching;

    Daemon(SnapshotsSettings settings, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.costs = costs;
        this.rules = rules;
        heartbeats = new Heartbeats(settings.heartbeatNanos(), settings.suspectAfterNanos());
    }

    @Override
    public void boot(Boot boot, Outbox<SnapshotsMessage> out) {
        computer = Topology.computer(boot.self());
        instance = Topology.INSTANCES.get(computer);
        peer = Topology.DAEMONS.get(1 - computer);
        heartbeats.watch(instance);
        heartbeats.watch(peer);
        out.send(instance, new Probe());
        out.arm(TICK, settings.heartbeatNanos());
        out.arm(SNAPSHOT, settings.snapshotEveryNanos());
        if (settings.switchEveryNanos() > 0) {
            out.arm(SWITCH, settings.switchEveryNanos());
        }
    }

    @Override
    public void on(Event<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId _, SnapshotsMessage message) -> {
                out.spend(costs.messageNanos());
                delivered(message);
            }
            case Event.Fired(long timer) -> {
                if (timer == TICK) {
                    tick(out);
                    out.arm(TICK, settings.heartbeatNanos());
                } else if (timer == SNAPSHOT) {
                    trigger(out);
                    out.arm(SNAPSHOT, settings.snapshotEveryNanos());
                } else {
                    beginSwitch();
                    out.arm(SWITCH, settings.switchEveryNanos());
                }
            }
            case Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for a daemon: " + event);
        }
    }

    private void delivered(SnapshotsMessage message) {
        switch (message) {
            case Alive alive -> heard(alive);
            case Beat beat -> {
                heartbeats.heard(peer);
                if (other == null || beat.term() >= other.term()) {
                    other = beat;
                    highest = Math.max(highest, beat.term());
                }
            }
            case Probe _,
                    Start _,
                    Trigger _,
                    Quiesce _,
                    Kill _,
                    SnapshotsMessage.Take _,
                    SnapshotsMessage.Sections _,
                    SnapshotsMessage.Seal _,
                    SnapshotsMessage.Restored _,
                    SnapshotsMessage.Received _,
                    SnapshotsMessage.Sealed _,
                    SnapshotsMessage.Lost _,
                    SnapshotsMessage.Fenced _ ->
                    throw new IllegalStateException("not for a daemon: " + message);
        }
    }

    private void heard(Alive alive) {
        Alive before = own;
        if (before != null
                && (alive.incarnation() < before.incarnation()
                        || (alive.incarnation() == before.incarnation()
                                && alive.beats() < before.beats()))) {
            // Overtaken on the way.
            return;
        }
        if (before == null || rules.isSignOfLife(before, alive)) {
            heartbeats.heard(instance);
        }
        boolean anew = before != null && alive.incarnation() > before.incarnation();
        if (anew || alive.term() >= starting || alive.refusedBy() >= starting) {
            starting = 0;
        }
        own = alive;
        highest = Math.max(highest, Math.max(alive.term(), alive.refusedBy()));
    }

    private void tick(Outbox<SnapshotsMessage> out) {
        heartbeats.tick();
        out.send(instance, new Probe());
        Alive known = own;
        if (known != null) {
            lookAfter(known, out);
        }
        if (known != null || heartbeats.isSuspected(instance)) {
            out.send(peer, new Beat(highest, leads() || starting > 0, isReady()));
        }
    }

    private void lookAfter(Alive known, Outbox<SnapshotsMessage> out) {
        boolean replaced = known.term() > 0 && known.term() < highest;
        if (heartbeats.isSuspected(instance) || replaced) {
            starting = 0;
            out.send(instance, new Kill(known.incarnation()));
        } else if (starting > 0) {
            out.send(instance, new Start(known.incarnation(), starting));
        } else if (isReady() && isItsTurn()) {
            starting = Topology.nextTerm(computer, highest);
            highest = starting;
            out.send(instance, new Start(known.incarnation(), starting));
        } else if (leads() && switching == known.term()) {
            out.send(instance, new Quiesce(switching));
        }
    }

    private boolean leads() {
        Alive known = own;
        return known != null
                && !heartbeats.isSuspected(instance)
                && known.term() > 0
                && known.term() >= highest;
    }

    private boolean isReady() {
        Alive known = own;
        return known != null && !heartbeats.isSuspected(instance) && known.term() == 0;
    }

    /** After a failure it is the other computer's turn; if that one cannot, the same again. */
    private boolean isItsTurn() {
        Beat heard = other;
        if (heartbeats.isSuspected(peer)) {
            return true;
        }
        if (heard == null || heard.leading()) {
            return false;
        }
        return Topology.computer(highest) != computer || !heard.ready();
    }

    private void trigger(Outbox<SnapshotsMessage> out) {
        Alive known = own;
        if (known != null && leads()) {
            out.send(instance, new Trigger(known.term()));
        }
    }

    /** SN-7: a planned switch-over, if there is somebody to hand over to. */
    private void beginSwitch() {
        Alive known = own;
        Beat heard = other;
        if (known != null
                && leads()
                && heard != null
                && heard.ready()
                && !heartbeats.isSuspected(peer)) {
            switching = known.term();
        }
    }

    @Override
    public String waitsFor() {
        if (starting > 0) {
            return "its instance to lead under term " + starting;
        }
        return leads() ? "a failure of its instance" : "a failure of the other computer";
    }
}
