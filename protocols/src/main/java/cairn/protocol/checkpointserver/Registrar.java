package cairn.protocol.checkpointserver;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.StableFile;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Alive;
import cairn.protocol.checkpointserver.CheckpointServerMessage.Poll;

import java.util.ArrayList;
import java.util.List;

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
    private final StableFile registration = new StableFile("registration", 0, RETRY_NANOS);
    private View view = View.NONE;
    private View next = View.NONE;
    private boolean ready;

    Registrar(CheckpointServerSettings settings, Topology topology, CpuCosts costs, Rules rules) {
        this.settings = settings;
        this.topology = topology;
        this.costs = costs;
        this.rules = rules;
        watchdog = new Watchdog(settings, topology.hosts(), rules);
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
                if (!(message instanceof Alive alive)) {
                    throw new IllegalStateException("not for the manager: " + message);
                }
                watchdog.heard(host, alive);
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
        watchdog.tick();
        poll(out);
        if (registration.isBusy()) {
            return;
        }
        next = planned();
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

    /** The view as it should be now. */
    private View planned() {
        NodeId primary = view.primary();
        int incarnation = view.incarnation();
        long term = view.term();
        if (term == 0 || !watchdog.isWell(primary, incarnation)) {
            List<NodeId> candidates = wellOf(view.backups());
            candidates.addAll(wellOf(topology.hosts()));
            if (candidates.isEmpty()) {
                return view;
            }
            primary = candidates.getFirst();
            incarnation = watchdog.incarnation(primary);
            term++;
        }
        List<NodeId> backups = backups(primary);
        boolean same = term == view.term() && backups.equals(view.backups());
        return same ? view : new View(view.version() + 1, term, primary, incarnation, backups);
    }

    private List<NodeId> wellOf(List<NodeId> hosts) {
        return new ArrayList<>(hosts.stream().filter(watchdog::isWell).toList());
    }

    /** Those that stand by and are well, and others in the place of those that are not. */
    private List<NodeId> backups(NodeId primary) {
        List<NodeId> backups = wellOf(view.backups());
        backups.remove(primary);
        for (NodeId host : wellOf(topology.hosts())) {
            if (backups.size() < settings.degree()
                    && !host.equals(primary)
                    && !backups.contains(host)
                    && rules.recruits(view)) {
                backups.add(host);
            }
        }
        return backups;
    }

    @Override
    public String waitsFor() {
        return ready ? "a failure, with " + view : "its disk";
    }
}
