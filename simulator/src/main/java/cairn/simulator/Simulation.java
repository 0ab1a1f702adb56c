package cairn.simulator;

import cairn.model.Application;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.choice.Choices;
import cairn.model.property.Court;
import cairn.model.property.Declaration;
import cairn.model.property.Ending;
import cairn.model.property.Judgement;
import cairn.model.property.Property;
import cairn.model.service.Client;
import cairn.model.service.Operation;
import cairn.model.service.OperationSource;
import cairn.model.service.Workload;
import cairn.simulator.kernel.Kernel;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One run of a scenario under given answers, in virtual time, on one thread.
 *
 * <p>First things may fail; then everything is healed and the run must come to its end. It ends
 * when all requests are answered, or all ranks have finished, and things have settled, when a
 * property is violated, or when it takes too long.
 */
public final class Simulation<M extends Message> {

    private final Scenario<M> scenario;
    private final Kernel kernel = new Kernel();
    private final World world;
    private final Wires wires;
    private final List<Machine<M>> machines = new ArrayList<>();
    private final Progress progress;
    private final Injector injector;
    private final Court court;
    private final @Nullable Direction direction;
    private long finishedAt = Long.MAX_VALUE;
    private boolean faultsEnded;
    private long endedAt;

    /** A run that is judged by properties, and watched by others. */
    public Simulation(
            Scenario<M> scenario,
            Choices choices,
            List<Property> properties,
            List<? extends Observer> observers,
            @Nullable Trace trace) {
        this(scenario, choices, properties, observers, trace, null);
    }

    /**
     * A run whose clients ask what a conductor decides, which also may inflict faults; it ends when
     * the conductor is done. The scenario's clients have the loop {@link Workload.Loop.Directed}.
     */
    public Simulation(
            Scenario<M> scenario,
            Choices choices,
            List<Property> properties,
            List<? extends Observer> observers,
            @Nullable Trace trace,
            @Nullable Conductor conductor) {
        this.scenario = scenario;
        List<Seat> seats = scenario.protocol().seats();
        int clients = scenario.application().clients();
        court = new Court(properties, declaration(seats, clients));
        List<Observer> watching = new ArrayList<>(observers);
        watching.add(court);
        if (conductor != null) {
            watching.add(this::direct);
        }
        world = new World(kernel, choices, scenario.environment(), watching, trace);
        wires = new Wires(seats.size() + clients, kernel, choices, scenario.environment());
        progress = Progress.of(scenario.application());
        for (int i = 0; i < seats.size(); i++) {
            NodeId place = wires.id(i);
            Seat seat = seats.get(i);
            machines.add(machine(place, seat.hardware(), () -> scenario.protocol().node(place)));
        }
        Operation[] wishes = new Operation[clients];
        if (scenario.application() instanceof Application.Served served) {
            for (int i = 0; i < clients; i++) {
                int client = i;
                OperationSource operations =
                        conductor == null
                                ? served.service().operations("client-" + (i + 1), world.choices())
                                : () -> wishes[client];
                machines.add(
                        machine(
                                wires.id(seats.size() + i),
                                Hardware.PLAIN,
                                () -> client(served.workload(), client, operations)));
            }
        }
        for (int i = 0; i < machines.size(); i++) {
            wires.attach(i, machines.get(i));
        }
        injector =
                new Injector(
                        kernel,
                        choices,
                        world::observe,
                        scenario.faults(),
                        new Inflictor<>(machines, wires, kernel));
        world.injector(injector);
        for (Machine<M> machine : machines) {
            machine.startAt(0);
        }
        direction =
                conductor == null
                        ? null
                        : new Direction(
                                kernel,
                                conductor,
                                machines.subList(seats.size(), machines.size()),
                                seats.size(),
                                wishes,
                                injector);
        if (direction != null) {
            direction.start();
        }
    }

    private void direct(Observation observation) {
        if (direction != null) {
            direction.observe(observation);
        }
    }

    private Machine<M> machine(NodeId id, Hardware hardware, Supplier<Node<M>> maker) {
        return new Machine<>(
                world, wires, id, hardware, maker, scenario.limits().restartNanos(), progress);
    }

    private Node<M> client(Workload workload, int index, OperationSource operations) {
        long share = workload.requests() / workload.clients();
        long rest = workload.requests() % workload.clients();
        return new Client<>(
                workload,
                operations,
                scenario.protocol().servers(),
                index < rest ? share + 1 : share);
    }

    private Declaration declaration(List<Seat> seats, int clients) {
        List<String> roles = new ArrayList<>();
        seats.forEach(seat -> roles.add(seat.role()));
        for (int i = 1; i <= clients; i++) {
            roles.add("client-" + i);
        }
        return new Declaration(
                scenario.protocol().promise(),
                scenario.application(),
                roles,
                scenario.protocol().servers(),
                scenario.bounds());
    }

    /**
     * Runs to the end.
     *
     * @throws NodeFailure if a node's own code throws
     */
    public RunResult run() {
        while (step()) {
            // Each step is one event.
        }
        return result();
    }

    /**
     * Dispatches one event; false when the run has ended.
     *
     * @throws NodeFailure if a node's own code throws
     */
    public boolean step() {
        Limits limits = scenario.limits();
        if (court.isViolated() || kernel.dispatched() >= limits.mostEvents()) {
            return false;
        }
        long next = kernel.nextTime();
        if (!faultsEnded && direction == null && next > limits.faultsUntilNanos()) {
            endFaults();
            next = kernel.nextTime();
        }
        if (finishedAt == Long.MAX_VALUE && isFinished()) {
            finishedAt = kernel.now();
            endFaults();
            next = kernel.nextTime();
        }
        if (finishedAt != Long.MAX_VALUE && !isFinished()) {
            // A rank that had come to its end went back to a checkpoint, and has to do so again.
            finishedAt = Long.MAX_VALUE;
        }
        if (next > deadline()) {
            // Time passes until then, although nothing happens in it any more.
            endedAt = faultsEnded ? deadline() : kernel.now();
            return false;
        }
        return kernel.step();
    }

    private boolean isFinished() {
        return direction == null ? progress.isFinished() : direction.isOver();
    }

    private void endFaults() {
        if (!faultsEnded) {
            faultsEnded = true;
            injector.endFaults();
            wires.calm();
        }
    }

    /** The last instant of the run as things stand. */
    private long deadline() {
        if (finishedAt != Long.MAX_VALUE) {
            return finishedAt + scenario.limits().settleNanos();
        }
        return faultsEnded
                ? healthySince() + scenario.bounds().livenessNanos()
                : Long.MAX_VALUE - 1;
    }

    private long healthySince() {
        return Math.max(
                injector.healedAt(), Math.min(kernel.now(), scenario.limits().faultsUntilNanos()));
    }

    /** The outcome so far; called once, when the run has ended. */
    public RunResult result() {
        List<Ending.Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            Machine<M> machine = machines.get(i);
            waiting.add(new Ending.Waiting(wires.id(i), machine.isUp(), machine.waitsFor()));
        }
        long now = kernel.now();
        long at = isFinished() ? now : Math.max(now, endedAt);
        court.conclude(new Ending(at, injector.healedAt(), isFinished(), waiting));
        return result(court.judgements());
    }

    /** What there is of a run that a {@link NodeFailure} ended; nothing is judged. */
    public RunResult brokenOff() {
        return result(List.of());
    }

    private RunResult result(List<Judgement> judgements) {
        long stableBytes = 0;
        for (Machine<M> machine : machines) {
            stableBytes += machine.devices().stableBytes();
        }
        return new RunResult(
                kernel.digest(),
                kernel.now(),
                kernel.dispatched(),
                progress.count(),
                isFinished(),
                wires.bytes(),
                stableBytes,
                judgements,
                injector.tallies());
    }

    /** The trace hash so far. */
    public long digest() {
        return kernel.digest();
    }

    /** How many events were dispatched so far. */
    public long events() {
        return kernel.dispatched();
    }
}
