package cairn.virtual.jgroups;

import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.fault.Fault;
import cairn.simulator.Injector;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.network.Links;
import cairn.simulator.network.Network;
import cairn.virtual.Affliction;
import cairn.virtual.VirtualProcess;
import cairn.virtual.World;
import cairn.virtual.jgroups.GroupEvent.Installed;

import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One run of a group of JGroups channels under given answers, in virtual time, on the calling
 * thread.
 *
 * <p>First things may fail; then everything is healed, and the run ends when all members have one
 * view of all, or when that takes too long.
 */
public final class Group implements Affliction.Hosts {

    private static final String CLUSTER = "group";
    private static final long START_WITHIN_NANOS = 1_000_000_000;
    private static final long LOOK_EVERY_NANOS = 100_000_000;
    private static final long MOST_EVENTS = 50_000_000;

    private final GroupScenario scenario;
    private final World world;
    private final Kernel kernel;
    private final Network network;
    private final List<VirtualProcess> processes = new ArrayList<>();
    private final Affliction affliction;
    private final Injector injector;
    private final Map<Address, Member> members = new HashMap<>();
    private final List<GroupEvent> journal = new ArrayList<>();
    private final @Nullable Installed[] latest;
    private @Nullable Exception failed;
    private long gaveUp;

    private Group(GroupScenario scenario, Choices choices, World world) {
        this.scenario = scenario;
        this.world = world;
        this.kernel = world.kernel();
        int size = scenario.members();
        latest = new @Nullable Installed[size];
        Links links = new Links(kernel, size);
        network = new Network(kernel, choices, links, scenario.network());
        int starter = kernel.register((_, index, _) -> start(processes.get((int) index)));
        for (int i = 0; i < size; i++) {
            VirtualProcess process = world.process("n" + i);
            processes.add(process);
            network.attach(i, process);
            Law soon = new Law.Uniform(0, START_WITHIN_NANOS);
            Choice when = new Choice("start " + process.name(), soon, choices);
            kernel.schedule(when.ask(), starter, 0, i, null);
        }
        affliction = new Affliction(processes, links, kernel, this);
        injector =
                new Injector(
                        kernel,
                        choices,
                        observation -> note(new GroupEvent.Seen(observation)),
                        scenario.faults(),
                        affliction);
    }

    /**
     * Runs once.
     *
     * @throws IllegalStateException if the JVM lacks the agent, or if a member could not be made
     */
    public static GroupResult run(GroupScenario scenario, Choices choices) {
        Statics.reset();
        try (World world = new World(new Kernel(), choices)) {
            return new Group(scenario, choices, world).run();
        }
    }

    private GroupResult run() {
        long faulty = scenario.faultsUntil().toNanos();
        world.run(faulty, MOST_EVENTS);
        injector.endFaults();
        long end = faulty;
        long deadline = faulty + scenario.converging().toNanos();
        while (end < deadline && converged() < 0) {
            end = Math.min(deadline, end + LOOK_EVERY_NANOS);
            world.run(end, MOST_EVENTS);
        }
        if (failed != null) {
            throw new IllegalStateException("a member could not be made", failed);
        }
        long since = converged();
        return new GroupResult(
                kernel.digest(),
                end,
                kernel.dispatched(),
                world.slices(),
                injector.healedAt(),
                since < 0 ? OptionalLong.empty() : OptionalLong.of(since),
                gaveUp,
                journal,
                injector.tallies());
    }

    @Override
    public void killed(VirtualProcess process, Fault fault, boolean wasUp) {
        latest[process.index()] = null;
    }

    @Override
    public void start(VirtualProcess process) {
        if (process.isUp() || affliction.keepsDown(process.index())) {
            return;
        }
        process.start(() -> live(process));
    }

    /** The first thread of a member. */
    private void live(VirtualProcess process) {
        try {
            Wire.register();
            Wire wire = new Wire(network, process, processes.size());
            Channel channel = new Channel(this, process, wire, scenario.stack());
            channel.connect(CLUSTER);
            scenario.work().run(channel);
        } catch (Exception e) {
            failed = e;
        }
    }

    /** Since when all have the one view of all; below zero if they have not. */
    private long converged() {
        long since = 0;
        Installed first = latest[0];
        for (Installed view : latest) {
            if (view == null || first == null || !view.id().equals(first.id())) {
                return -1;
            }
            since = Math.max(since, view.at());
        }
        return first != null && first.members().size() == processes.size() ? since : -1;
    }

    long now() {
        return kernel.now();
    }

    void note(GroupEvent event) {
        journal.add(event);
        if (event instanceof Installed installed) {
            latest[installed.member().process()] = installed;
        }
    }

    void gaveUp() {
        gaveUp++;
    }

    Address called(Address address, Member member) {
        members.put(address, member);
        return address;
    }

    Member whose(Address address) {
        Member member = members.get(address);
        if (member == null) {
            throw new IllegalStateException("nobody in this group was given " + address);
        }
        return member;
    }
}
