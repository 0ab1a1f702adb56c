package cairn.virtual.cluster;

import cairn.cluster.control.DiskTrouble;
import cairn.cluster.control.Past;
import cairn.cluster.disk.FileLayer;
import cairn.cluster.disk.Folder;
import cairn.cluster.group.Group;
import cairn.cluster.group.Kind;
import cairn.cluster.group.LinkFaults;
import cairn.cluster.group.Mailbox;
import cairn.cluster.group.Member;
import cairn.cluster.memory.MappedMemory;
import cairn.cluster.node.Equipment;
import cairn.cluster.node.LiveMachine;
import cairn.cluster.node.Site;
import cairn.cluster.node.Timekeeper;
import cairn.cluster.wire.Vocabulary;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Choices;
import cairn.model.fault.Fault;
import cairn.model.fault.Moment;
import cairn.model.memory.PagedMemory;
import cairn.virtual.VirtualProcess;
import cairn.virtual.jgroups.Stack;
import cairn.virtual.jgroups.Wire;

import org.jgroups.JChannel;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A place of a protocol, or a client: what a process of the live cluster is, in virtual time. The
 * group, the machine and its disk are the live ones; what is told to the launcher there is told to
 * the run here.
 */
final class Place<M extends Message> implements Mailbox, Site {

    private final Run run;
    private final VirtualProcess process;
    private final NodeId self;
    private final Hardware hardware;
    private final Supplier<Node<M>> maker;
    private final Path folder;
    private final Timekeeper time = new Timekeeper(VirtualProcess.FIRST_NANOS);
    private DiskTrouble trouble = DiskTrouble.NONE;
    private Past past = Past.KEPT;
    private int holds;
    private boolean logs;
    private @Nullable Group group;
    private @Nullable LiveMachine<M> machine;
    private @Nullable ScheduledExecutorService timers;

    /** What a place needs of its run. */
    interface Run {
        void observe(Observation observation);

        void moment(Moment moment, int place);

        void halted(VirtualProcess process, String reason);

        void broken(Throwable thrown);

        Choices choices();

        Vocabulary vocabulary();

        FileLayer.Opening files();

        long deviceNanos(Device work);
    }

    Place(
            Run run,
            VirtualProcess process,
            Hardware hardware,
            Supplier<Node<M>> maker,
            Path folder) {
        this.run = run;
        this.process = process;
        this.self = new NodeId(process.index());
        this.hardware = hardware;
        this.maker = maker;
        this.folder = folder;
    }

    /** How often it was started before. */
    int incarnation() {
        return process.incarnation() - 1;
    }

    /** The process was killed; what its machine lost is known to the next one. */
    void killed(Past since) {
        past = past.compareTo(since) < 0 ? since : past;
        machine = null;
    }

    // ---- faults of what a machine has beside its threads; at most the node is made to wait

    /** A fault of the disk strikes, or is healed. */
    void trouble(Fault.OfDisk fault, boolean strikes) {
        trouble = trouble.after(fault, strikes);
        LiveMachine<M> running = machine;
        if (running != null && hardware.disk()) {
            running.devices().trouble(trouble);
        }
    }

    /** The node's clock is set, and gains from now on; JGroups has another one. */
    void clock(long jumpNanos, long gainPartsPerMillion) {
        process.as(() -> time.set(jumpNanos, gainPartsPerMillion));
    }

    /** Something happens to the machine, if it runs. */
    void afflict(Consumer<LiveMachine<?>> what) {
        process.run(() -> {
            LiveMachine<M> running = machine;
            if (running != null) {
                what.accept(running);
            }
        });
    }

    /**
     * Whether a pause is the node's alone: where others reach the memory of its machine, the
     * interface serves on.
     */
    boolean standsStillAlone() {
        return hardware.persistentBytes() > 0;
    }

    /** The node stands still, or goes on, as often as it was made to stand. */
    void hold(boolean still) {
        holds += still ? 1 : -1;
        boolean now = holds > 0;
        afflict(running -> running.hold(now));
    }

    /** Joins the group, then starts the node: the first thread of the process. */
    void live(Wire wire, Stack stack) {
        try {
            prepare();
            timers = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
            Group joined =
                    new Group(
                            new Member(self.index(), 1, incarnation()),
                            run.vocabulary(),
                            new JChannel(stack.protocols(wire, new LinkFaults())),
                            this);
            group = joined;
            joined.connect();
            LiveMachine<M> started =
                    new LiveMachine<>(
                            self,
                            incarnation(),
                            maker.get(),
                            new Equipment(
                                    hardware,
                                    folder,
                                    new PagedMemory(hardware.memoryBytes()),
                                    run.files()),
                            this,
                            logs);
            machine = started;
            if (hardware.disk()) {
                started.devices().trouble(trouble);
            }
            started.boot();
            started.hold(holds > 0);
        } catch (Exception e) {
            run.broken(e);
        }
    }

    private void prepare() throws IOException {
        switch (past) {
            case KEPT -> {
                // All is as the last process left it.
            }
            case LOST_VOLATILE -> {
                try (Folder files = new Folder(folder)) {
                    files.undo();
                }
                MappedMemory.losePower(folder);
            }
            case BLANK -> Emptying.of(folder);
        }
        past = Past.KEPT;
        Files.createDirectories(folder);
    }

    /** What its node waits for; it handles nothing more. */
    String lastWords() {
        String[] words = {"down"};
        LiveMachine<M> running = machine;
        if (running != null && process.isRunning()) {
            running.stop(waitsFor -> words[0] = waitsFor);
        }
        return words[0];
    }

    @Override
    public void arrived(Kind kind, int from, int to, Object content) {
        LiveMachine<M> running = machine;
        if (running != null) {
            running.arrived(kind, from, content);
        }
    }

    @Override
    public void viewed(List<Member> members) {
        // Who is home where is the group's business; when failures were detected, its journal's.
    }

    @Override
    public Timekeeper time() {
        return time;
    }

    @Override
    public ScheduledExecutorService timers() {
        return required(timers);
    }

    @Override
    public Choices choices() {
        return run.choices();
    }

    @Override
    public void send(Kind kind, int from, int to, Object content) {
        required(group).send(kind, from, to, content);
    }

    @Override
    public long deviceNanos(Device work) {
        return run.deviceNanos(work);
    }

    @Override
    public long shortWaitNanos() {
        // Time only goes on where somebody waits for it.
        return 0;
    }

    @Override
    public void observe(Observation observation) {
        // The next process is to know.
        logs |=
                observation instanceof Observation.Claimed claimed
                        && claimed.fact() instanceof Fact.Logged;
        run.observe(observation);
    }

    @Override
    public void moment(Moment moment) {
        run.moment(moment, self.index());
    }

    @Override
    public void flush() {
        // What is observed is known at once.
    }

    @Override
    public void halt(String reason) {
        run.halted(process, reason);
        // The rest of this thread's life belongs to a process that is no more.
        while (true) {
            LockSupport.park(this);
        }
    }

    @Override
    public void broken(Throwable thrown) {
        run.broken(thrown);
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("a node acts before its process has joined");
        }
        return part;
    }
}
