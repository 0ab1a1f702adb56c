package cairn.virtual.cluster;

import cairn.cluster.disk.Folder;
import cairn.cluster.group.Group;
import cairn.cluster.group.Kind;
import cairn.cluster.group.LinkFaults;
import cairn.cluster.group.Mailbox;
import cairn.cluster.group.Member;
import cairn.cluster.node.Equipment;
import cairn.cluster.node.LiveMachine;
import cairn.cluster.node.Site;
import cairn.cluster.node.Timekeeper;
import cairn.cluster.wire.Vocabulary;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.choice.Choices;
import cairn.model.fault.Moment;
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
    private boolean volatileLost;
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

    /** The process was killed, and what its files had not made durable is gone or not. */
    void killed(boolean losesVolatile) {
        volatileLost |= losesVolatile;
        machine = null;
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
                            new Equipment(hardware, folder),
                            this);
            machine = started;
            started.boot();
        } catch (Exception e) {
            run.broken(e);
        }
    }

    private void prepare() throws IOException {
        if (volatileLost) {
            volatileLost = false;
            try (Folder files = new Folder(folder)) {
                files.undo();
            }
        }
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
    public void observe(Observation observation) {
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
