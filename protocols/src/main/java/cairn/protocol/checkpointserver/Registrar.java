package cairn.protocol.checkpointserver;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;
import cairn.part.view.Pulse;
import cairn.part.view.Succession;
import cairn.part.view.View;
import cairn.part.view.Watchdog;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Alive;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Poll;

/**
 * The replica manager: chooses who runs the application and who stands by, and chooses again when
 * its watchdog takes one of them for failed (PA-1). A wrong suspicion costs time only: the server
 * obeys the newest term.
 */
final class Registrar implements Node<CheckpointServerMessage> {

    private static final long TICK = StableFile.TOKENS;
    private static final long RETRY_NANOS = 1_000_000;

    private final CheckpointServerSettings settings;
    private final Topology topology;
    private final CpuCosts costs;
    private final Rules rules;
    private final Watchdog watchdog;
    private final Succession succession;
    private final StableFile registration = new StableFile("registration", 0, RETRY_NANOS);
    private View view = View.NONE;
    private View next = View.NONE;
    private boolean ready;

    Registrar(CheckpointServerSettings settings, Topology topology, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.topology = topology;
        this.costs = costs;
        this.rules = rules;
        watchdog =
                new Watchdog(
                        settings.heartbeatNanos(),
                        settings.suspectAfterNanos(),
                        topology.hosts(),
                        rules);
        succession = new Succession(topology.hosts(), settings.degree(), watchdog, rules);
    }

    @Override
    public void boot(Boot boot, Outbox<CheckpointServerMessage> out) {
        registration.read(out);
        out.arm(TICK, settings.heartbeatNanos());
    }

    @Override
    public void on(Event<CheckpointServerMessage> event, Outbox<CheckpointServerMessage> out) {
        switch (event) {
            case Event.Delivered<CheckpointServerMessage>(
                            NodeId host,
                            CheckpointServerMessage message) -> {
                out.spend(costs.messageNanos());
                if (!(message instanceof Alive(Pulse pulse))) {
                    throw new IllegalStateException("not for the manager: " + message);
                }
                watchdog.heard(host, pulse);
            }
            case Event.OfDisk<CheckpointServerMessage> disk -> {
                switch (registration.on(disk, out)) {
                    case ABSENT -> ready = true;
                    case READ -> {
                        view = View.read(registration.content());
                        ready = true;
                    }
                    case WRITTEN -> act(out);
                    case BROKEN -> out.halt("its disk failed");
                    case UNDER_WAY -> {
                        // The disk is asked for the next step.
                    }
                }
            }
            case Event.Fired<CheckpointServerMessage>(long timer) -> {
                if (timer == TICK) {
                    out.arm(TICK, settings.heartbeatNanos());
                    tick(out);
                } else {
                    registration.fired(out);
                }
            }
            case Event.Asked<CheckpointServerMessage> _,
                    Event.Answered<CheckpointServerMessage> _,
                    Event.Computed<CheckpointServerMessage> _,
                    Event.OfNic<CheckpointServerMessage> _ ->
                    throw new IllegalStateException("not for the manager: " + event);
        }
    }

    private void tick(Outbox<CheckpointServerMessage> out) {
        if (!ready) {
            return;
        }
        watchdog.tick(() -> out.detectionNanos(settings.suspectAfterNanos()));
        poll(out);
        if (registration.isBusy()) {
            return;
        }
        next = succession.next(view);
        if (!next.equals(view)) {
            if (rules.registersBeforeActing()) {
                registration.write(next.bytes(), out);
            } else {
                act(out);
            }
        }
    }

    private void act(Outbox<CheckpointServerMessage> out) {
        view = next;
        poll(out);
    }

    private void poll(Outbox<CheckpointServerMessage> out) {
        topology.hosts().forEach(host -> out.send(host, new Poll(view)));
    }

    @Override
    public String waitsFor() {
        return ready ? "a failure, with " + view : "its disk";
    }
}
