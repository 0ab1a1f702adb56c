package cairn.protocol.snapshots;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Heartbeats;
import cairn.part.view.Pulse;
import cairn.part.view.Watchdog;
import cairn.protocol.snapshots.SnapshotsMessage.Alive;
import cairn.protocol.snapshots.SnapshotsMessage.Beat;
import cairn.protocol.snapshots.SnapshotsMessage.Kill;
import cairn.protocol.snapshots.SnapshotsMessage.Probe;
import cairn.protocol.snapshots.SnapshotsMessage.Quiesce;
import cairn.protocol.snapshots.SnapshotsMessage.Start;
import cairn.protocol.snapshots.SnapshotsMessage.ToDaemon;
import cairn.protocol.snapshots.SnapshotsMessage.Trigger;

import java.util.List;
import java.util.function.LongSupplier;

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

    private final Setup setup;
    private final int computer;
    private final NodeId instance;
    private final NodeId peer;
    private final Watchdog watchdog;
    private final Heartbeats peers;
    // Until it has heard of them, its instance has no incarnation, and the other one is not ready.
    private Alive own = new Alive(-1, 0, 0, 0);
    private Beat other = new Beat(0, true, false);
    private long highest;
    private long starting;
    private long switching;

    Daemon(Setup setup, NodeId self) {
        this.setup = setup;
        computer = Topology.computer(self);
        instance = Topology.INSTANCES.get(computer);
        peer = Topology.DAEMONS.get(1 - computer);
        SnapshotsSettings settings = setup.settings();
        long tick = settings.heartbeatNanos();
        long suspectAfter = settings.suspectAfterNanos();
        watchdog = new Watchdog(tick, suspectAfter, List.of(instance), setup.rules());
        peers = new Heartbeats(tick, suspectAfter);
        peers.watch(peer);
    }

    @Override
    public void boot(Boot boot, Outbox<SnapshotsMessage> out) {
        out.send(instance, new Probe());
        out.arm(TICK, setup.settings().heartbeatNanos());
        out.arm(SNAPSHOT, setup.settings().snapshotEveryNanos());
        if (setup.settings().switchEveryNanos() > 0) {
            out.arm(SWITCH, setup.settings().switchEveryNanos());
        }
    }

    @Override
    public void on(Event<SnapshotsMessage> event, Outbox<SnapshotsMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId _, ToDaemon message) -> {
                out.spend(setup.costs().messageNanos());
                switch (message) {
                    case Alive alive -> heard(alive);
                    case Beat beat -> heard(beat);
                }
            }
            case Event.Fired(long timer) when timer == TICK -> {
                tick(out);
                out.arm(TICK, setup.settings().heartbeatNanos());
            }
            case Event.Fired(long timer) when timer == SNAPSHOT -> {
                if (leads()) {
                    out.send(instance, new Trigger(own.term()));
                }
                out.arm(SNAPSHOT, setup.settings().snapshotEveryNanos());
            }
            case Event.Fired<?> _ -> {
                beginSwitch();
                out.arm(SWITCH, setup.settings().switchEveryNanos());
            }
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for a daemon: " + event);
        }
    }

    private void heard(Beat beat) {
        peers.heard(peer);
        if (beat.term() >= other.term()) {
            other = beat;
            highest = Math.max(highest, beat.term());
        }
    }

    private void heard(Alive alive) {
        if (!watchdog.heard(instance, new Pulse(alive.incarnation(), alive.beats()))) {
            return;
        }
        boolean isAnother = alive.incarnation() > own.incarnation();
        if (isAnother || alive.term() >= starting || alive.refusedBy() >= starting) {
            starting = 0;
        }
        own = alive;
        highest = Math.max(highest, Math.max(alive.term(), alive.refusedBy()));
    }

    private void tick(Outbox<SnapshotsMessage> out) {
        LongSupplier suspectAfter = () -> out.detectionNanos(setup.settings().suspectAfterNanos());
        watchdog.tick(suspectAfter);
        peers.tick(suspectAfter);
        out.send(instance, new Probe());
        boolean known = own.incarnation() >= 0;
        if (known) {
            lookAfter(out);
        }
        if (known || watchdog.isSuspected(instance)) {
            out.send(peer, new Beat(highest, leads() || starting > 0, isReady()));
        }
    }

    private void lookAfter(Outbox<SnapshotsMessage> out) {
        boolean replaced = own.term() > 0 && own.term() < highest;
        if (watchdog.isSuspected(instance) || replaced) {
            starting = 0;
            out.send(instance, new Kill(own.incarnation()));
            return;
        }
        if (starting == 0 && isReady() && isItsTurn()) {
            starting = Topology.nextTerm(computer, highest);
            highest = starting;
        }
        if (starting > 0) {
            out.send(instance, new Start(own.incarnation(), starting));
        } else if (leads() && switching == own.term()) {
            out.send(instance, new Quiesce(switching));
        }
    }

    private boolean leads() {
        return watchdog.isWell(instance) && own.term() > 0 && own.term() >= highest;
    }

    private boolean isReady() {
        return watchdog.isWell(instance) && own.term() == 0;
    }

    /** After a failure it is the other computer's turn; if that one cannot, the same again. */
    private boolean isItsTurn() {
        return peers.isSuspected(peer)
                || (!other.leading() && (Topology.computer(highest) != computer || !other.ready()));
    }

    /** SN-7: a planned switch-over, if there is somebody to hand over to. */
    private void beginSwitch() {
        if (leads() && other.ready() && !peers.isSuspected(peer)) {
            switching = own.term();
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
