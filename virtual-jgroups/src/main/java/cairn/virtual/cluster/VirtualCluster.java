package cairn.virtual.cluster;

import cairn.cluster.control.Past;
import cairn.cluster.disk.FileLayer;
import cairn.cluster.node.LiveMachine;
import cairn.cluster.node.Site;
import cairn.cluster.wire.Vocabulary;
import cairn.model.Application;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Observer;
import cairn.model.Seat;
import cairn.model.choice.Choices;
import cairn.model.fault.Fault;
import cairn.model.fault.Moment;
import cairn.model.property.Court;
import cairn.model.property.Declaration;
import cairn.model.property.Ending;
import cairn.model.property.Properties;
import cairn.model.service.Client;
import cairn.model.service.Workload;
import cairn.simulator.Injector;
import cairn.simulator.RunResult;
import cairn.simulator.Scenario;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.network.Links;
import cairn.simulator.network.Network;
import cairn.verification.Runs;
import cairn.virtual.Affliction;
import cairn.virtual.VirtualProcess;
import cairn.virtual.World;
import cairn.virtual.jgroups.Stack;
import cairn.virtual.jgroups.Statics;
import cairn.virtual.jgroups.Wire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One run of the live cluster in virtual time: protocol and adapter, files and JGroups are those of
 * the real processes; time, network, dice and faults are the simulator's.
 *
 * <p>A scenario is the simulator's own, and so is what judges it. The environment's costs of the
 * network hold, and its disk's at their medians; computation takes no virtual time. Clock faults
 * are the node's alone, as the live driver has it: JGroups' clock is right.
 */
public final class VirtualCluster<M extends Message> implements Affliction.Hosts, Place.Run {

    private static final long LOOK_EVERY_NANOS = 10_000_000;

    private final Scenario<M> scenario;
    private final Stack stack;
    private final FileLayer.Opening files;
    private final BitSet ended = new BitSet();
    private final Choices choices;
    private final Vocabulary vocabulary;
    private final World world;
    private final Kernel kernel;
    private final Network network;
    private final Court court;
    private final List<Observer> observers;
    private final List<VirtualProcess> processes = new ArrayList<>();
    private final List<Place<M>> places = new ArrayList<>();
    private final Affliction affliction;
    private final Injector injector;
    private final int starter;
    private @Nullable Throwable broken;
    private long answered;

    private VirtualCluster(
            Scenario<M> scenario,
            Stack stack,
            FileLayer.Opening files,
            Path folder,
            Choices choices,
            List<? extends Observer> watching,
            World world) {
        this.scenario = scenario;
        this.stack = stack;
        this.files = files;
        this.choices = choices;
        this.vocabulary = Vocabulary.of(scenario.protocol(), scenario.application());
        this.world = world;
        this.kernel = world.kernel();
        List<Seat> seats = scenario.protocol().seats();
        int clients = scenario.application().clients();
        court = new Court(Properties.of(scenario.application()), declaration(seats, clients));
        observers = new ArrayList<>(watching);
        observers.add(court);
        Links links = new Links(kernel, seats.size() + clients);
        network = new Network(kernel, choices, links, scenario.environment().network());
        starter = kernel.register((_, index, _) -> start(processes.get((int) index)));
        for (int i = 0; i < seats.size(); i++) {
            NodeId id = new NodeId(i);
            place(seats.get(i).hardware(), () -> scenario.protocol().node(id), folder);
        }
        if (scenario.application() instanceof Application.Served served) {
            for (int i = 0; i < clients; i++) {
                int client = i;
                place(Hardware.PLAIN, () -> client(served, client), folder);
            }
        }
        affliction = new Affliction(processes, links, kernel, this);
        injector = new Injector(kernel, choices, this::observe, scenario.faults(), affliction);
    }

    /**
     * Runs once.
     *
     * @param files what disks keep their files by
     * @param folder where the files of the places go; it is emptied before
     * @param choices answer whatever is not determined
     * @param observers watch
     */
    public static <M extends Message> RunResult run(
            Scenario<M> scenario,
            Stack stack,
            FileLayer.Opening files,
            Path folder,
            Choices choices,
            List<? extends Observer> observers) {
        empty(folder);
        Statics.reset();
        try (World world = new World(new Kernel(), choices)) {
            return new VirtualCluster<>(scenario, stack, files, folder, choices, observers, world)
                    .run();
        }
    }

    /**
     * The runs of a scenario, for searches, the shrinker and the replayer; not for several threads.
     *
     * @param files what disks keep their files by
     * @param folder where each run puts them
     */
    public static <M extends Message> Runs runs(
            Scenario<M> scenario, Stack stack, FileLayer.Opening files, Path folder) {
        List<Seat> seats = new ArrayList<>(scenario.protocol().seats());
        for (int client = 1; client <= scenario.application().clients(); client++) {
            seats.add(new Seat("client-" + client, Hardware.PLAIN));
        }
        return Runs.of(
                (choices, observers, trace) -> {
                    List<Observer> all = new ArrayList<>(observers);
                    if (trace != null) {
                        all.add(trace);
                    }
                    return run(scenario, stack, files, folder, choices, all);
                },
                seats);
    }

    private void place(Hardware hardware, Supplier<Node<M>> maker, Path folder) {
        int index = processes.size();
        VirtualProcess process = world.process("n" + index);
        processes.add(process);
        network.attach(index, process);
        places.add(new Place<>(this, process, hardware, maker, folder.resolve("n" + index)));
        kernel.schedule(0, starter, 0, index, null);
    }

    private Node<M> client(Application.Served served, int index) {
        Workload workload = served.workload();
        long share = workload.requests() / workload.clients();
        long rest = workload.requests() % workload.clients();
        return new Client<>(
                workload,
                served.service().operations("client-" + (index + 1), choices),
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

    private RunResult run() {
        long faulty = scenario.limits().faultsUntilNanos();
        while (goesOn() && kernel.now() < faulty) {
            step(Math.min(faulty, kernel.now() + LOOK_EVERY_NANOS));
        }
        injector.endFaults();
        long deadline = kernel.now() + scenario.bounds().livenessNanos();
        while (goesOn() && kernel.now() < deadline) {
            step(kernel.now() + LOOK_EVERY_NANOS);
        }
        if (!court.isViolated()) {
            step(kernel.now() + scenario.limits().settleNanos());
        }
        return result();
    }

    private void step(long untilNanos) {
        world.run(untilNanos, scenario.limits().mostEvents());
        if (broken != null) {
            throw new IllegalStateException("a node broke: " + broken, broken);
        }
    }

    private boolean goesOn() {
        return !court.isViolated() && !isFinished();
    }

    private boolean isFinished() {
        return switch (scenario.application()) {
            case Application.Served served -> answered >= served.workload().requests();
            case Application.Parallel parallel -> ended.cardinality() >= parallel.processes();
        };
    }

    private RunResult result() {
        long now = kernel.now();
        List<Ending.Waiting> waiting = new ArrayList<>();
        for (VirtualProcess process : processes) {
            waiting.add(
                    new Ending.Waiting(
                            new NodeId(process.index()),
                            process.isUp(),
                            places.get(process.index()).lastWords()));
        }
        court.conclude(new Ending(now, injector.healedAt(), isFinished(), waiting));
        return new RunResult(
                kernel.digest(),
                now,
                kernel.dispatched(),
                answered,
                isFinished(),
                network.bytes(),
                0,
                court.judgements(),
                injector.tallies());
    }

    @Override
    public void start(VirtualProcess process) {
        if (process.isUp() || affliction.keepsDown(process.index())) {
            return;
        }
        Place<M> place = places.get(process.index());
        process.start(() -> {
            Wire.register();
            place.live(new Wire(network, process, processes.size()), stack);
        });
    }

    @Override
    public void killed(VirtualProcess process, Fault fault, boolean wasUp) {
        if (wasUp) {
            ended(process, fault.kind().name());
        }
        Place<M> place = places.get(process.index());
        if (fault instanceof Fault.CpuHang && place.standsStillAlone()) {
            // The reset that ends it.
            place.hold(false);
        }
        place.killed(
                switch (fault) {
                    case Fault.WarmReset _, Fault.PowerLoss _, Fault.OfDomain _, Fault.CpuHang _ ->
                            Past.LOST_VOLATILE;
                    case Fault.PermanentLoss _ -> Past.BLANK;
                    case Fault _ -> Past.KEPT;
                });
    }

    @Override
    public boolean takes(Fault fault, boolean strikes) {
        switch (fault) {
            case Fault.ClockSkew(NodeId node, long nanos) ->
                    at(node).clock(strikes ? nanos : -nanos, 0);
            case Fault.ClockJump(NodeId node, long nanos) -> at(node).clock(strikes ? nanos : 0, 0);
            case Fault.ClockDrift(NodeId node, long gain) -> at(node).clock(0, strikes ? gain : 0);
            case Fault.SectorRot(NodeId node) -> once(node, strikes, m -> m.devices().rotDisk());
            case Fault.Truncation(NodeId node) ->
                    once(node, strikes, m -> m.devices().truncateFile());
            case Fault.OfDisk ofDisk -> at(ofDisk.node()).trouble(ofDisk, strikes);
            case Fault.NicReset(NodeId node) -> once(node, strikes, LiveMachine::loseDevice);
            case Fault.MemoryRot(NodeId node, long address, long length) ->
                    once(node, strikes, machine -> machine.rotMemory(address, length));
            case Fault.Pause(NodeId node) when at(node).standsStillAlone() ->
                    at(node).hold(strikes);
            case Fault.CpuHang(NodeId node) when at(node).standsStillAlone() && strikes ->
                    at(node).hold(true);
            case Fault _ -> {
                return false;
            }
        }
        return true;
    }

    private void once(NodeId node, boolean strikes, Consumer<LiveMachine<?>> what) {
        if (strikes) {
            at(node).afflict(what);
        }
    }

    private Place<M> at(NodeId node) {
        return places.get(node.index());
    }

    private void ended(VirtualProcess process, String reason) {
        observe(
                new Observation.Ended(
                        kernel.now(),
                        new NodeId(process.index()),
                        places.get(process.index()).incarnation(),
                        reason));
    }

    @Override
    public void halted(VirtualProcess process, String reason) {
        process.kill();
        ended(process, reason);
        places.get(process.index()).killed(Past.KEPT);
        long again = kernel.now() + scenario.limits().restartNanos();
        kernel.schedule(again, starter, 0, process.index(), null);
    }

    @Override
    public void observe(Observation observation) {
        switch (observation) {
            case Observation.Answered _ -> answered++;
            case Observation.Claimed(_, _, _, Fact.Finished(int rank, long _), _, _) ->
                    ended.set(rank);
            // A rank that went back has to come to its end again.
            case Observation.Claimed(_, _, _, Fact.Resumed(int rank, _), _, _) -> ended.clear(rank);
            case Observation _ -> {
                // None of these brings the end nearer.
            }
        }
        observers.forEach(observer -> observer.on(observation));
        if (observation instanceof Observation.Claimed claimed) {
            Moment claim = Moment.of(claimed.fact());
            if (claim != null) {
                moment(claim, claimed.node().index());
            }
        }
    }

    @Override
    public void moment(Moment moment, int place) {
        injector.moment(moment, place);
    }

    @Override
    public void broken(Throwable thrown) {
        broken = thrown;
    }

    @Override
    public Choices choices() {
        return choices;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public FileLayer.Opening files() {
        return files;
    }

    @Override
    public long deviceNanos(Site.Device work) {
        DiskCosts costs = scenario.environment().disk();
        return switch (work) {
            case CALL -> costs.operationNanos();
            case SYNC -> costs.sync().calm();
            case DIRECTORY_SYNC -> costs.directorySync().calm();
            case READ -> costs.readNanos();
        };
    }

    private static void empty(Path folder) {
        try {
            Emptying.of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of an earlier run stay in " + folder, e);
        }
    }
}
