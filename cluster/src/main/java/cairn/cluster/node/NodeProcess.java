package cairn.cluster.node;

import cairn.cluster.control.Condition;
import cairn.cluster.control.Holdings;
import cairn.cluster.control.Order;
import cairn.cluster.control.Past;
import cairn.cluster.control.Pipe;
import cairn.cluster.control.Report;
import cairn.cluster.disk.FileLayer;
import cairn.cluster.disk.Folder;
import cairn.cluster.group.Group;
import cairn.cluster.group.Kind;
import cairn.cluster.group.Mailbox;
import cairn.cluster.group.Member;
import cairn.cluster.memory.MappedMemory;
import cairn.cluster.memory.PageProtection;
import cairn.cluster.memory.Unavailable;
import cairn.cluster.wire.Vocabulary;
import cairn.fault.SeededChoices;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Protocol;
import cairn.model.choice.Choices;
import cairn.model.fault.Moment;

import org.jspecify.annotations.Nullable;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * A process that is one place of a protocol. It is told by its standard input which one, and ends
 * when that ends: nobody has to kill it when its launcher is gone.
 */
public final class NodeProcess implements Mailbox {

    /** The exit code of a process whose node asked for its own end. */
    public static final int HALTED = 3;

    /** The exit code of one that cannot go on for a reason that no protocol knows. */
    public static final int BROKEN = 70;

    private final Pipe pipe;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();
    private volatile @Nullable LiveMachine<?> machine;
    private volatile @Nullable Here here;
    private @Nullable Group group;
    private Order.@Nullable Enrol enrolled;
    private PageProtection.@Nullable Granted granted;
    private volatile @Nullable Totals totals;

    private NodeProcess(Pipe pipe) {
        this.pipe = pipe;
    }

    /** Serves until the launcher is gone, or says that it is enough. */
    public static void main(String[] words) throws Exception {
        var reports = new FileOutputStream(FileDescriptor.out);
        // What a library prints is no report.
        System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        var process = new NodeProcess(new Pipe(System.in, reports));
        // A thread that dies by itself would leave a node that waits for it for ever.
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> process.broken(thrown));
        process.serve();
    }

    private void serve() throws Exception {
        pipe.send(new Report.Started(ProcessHandle.current().pid()));
        Thread.ofPlatform().daemon().name("orders").start(this::listen);
        while (true) {
            obey(orders.take());
        }
    }

    /** On a thread of its own: an order that takes its time must not outlive the launcher. */
    private void listen() {
        try {
            while (pipe.receive() instanceof Order order) {
                orders.add(order);
            }
        } catch (IOException e) {
            // Cut off in the middle of an order: the launcher is as gone as behind its end.
        }
        orphaned();
    }

    private void obey(Order order) throws Exception {
        switch (order) {
            case Order.Ping _ -> pipe.send(new Report.Pong(System.nanoTime()));
            case Order.Enrol enrol -> enrol(enrol);
            case Order.Go(long zeroNanos, Condition condition) ->
                    go(enrolled(), zeroNanos, condition);
            case Order.Links links -> obey(links, group());
            case Order.DiskState(var trouble) -> machine().devices().trouble(trouble);
            case Order.RotDisk _ -> machine().devices().rotDisk();
            case Order.TruncateFile _ -> machine().devices().truncateFile();
            case Order.RotMemory(long address, long length) -> machine().rotMemory(address, length);
            case Order.ResetNic _ -> machine().loseDevice();
            case Order.ClockState(long jump, long gain) -> here().time().set(jump, gain);
            case Order.Hold(boolean still) -> machine().hold(still);
            case Order.Measure _ -> measure(enrolled());
            case Order.Stop _ -> stop();
        }
    }

    private void enrol(Order.Enrol enrol) throws Exception {
        enrolled = enrol;
        prepare(Path.of(enrol.folder()), enrol.past());
        totals = new Totals(Path.of(enrol.totals()), enrol.incarnation() == 0);
        var joined =
                new Group(
                        new Member(enrol.place(), 1, enrol.incarnation()),
                        Vocabulary.named(enrol.vocabulary()),
                        enrol.stack().channel(),
                        this);
        group = joined;
        obey(enrol.links(), joined);
        joined.connect();
        pipe.send(new Report.Joined());
    }

    private void obey(Order.Links links, Group own) {
        own.links().set(links.bad(), from -> tell(new Report.Spoilt(links.weather(), from)));
    }

    private static void prepare(Path folder, Past past) throws IOException {
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
            case BLANK -> empty(folder);
        }
        Files.createDirectories(folder);
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void go(Order.Enrol enrol, long zeroNanos, Condition condition) throws Unavailable {
        Protocol<?> protocol = enrol.protocol();
        var site = new Here(new Timekeeper(zeroNanos), enrol);
        here = site;
        site.time().set(condition.clockNanos(), condition.clockGain());
        Hardware hardware = protocol.seats().get(enrol.place()).hardware();
        PageProtection.Granted pages = enrol.protection().grant(hardware.memoryBytes());
        granted = pages;
        var equipment =
                new Equipment(
                        hardware,
                        Path.of(enrol.folder()),
                        pages.memory(),
                        enrol.alone() ? Folder::onItsOwn : FileLayer.Opening.REAL);
        LiveMachine<?> started = machine(protocol, enrol, equipment, site);
        if (hardware.disk()) {
            started.devices().trouble(condition.disk());
        }
        machine = started;
        started.boot();
    }

    private static <M extends Message> LiveMachine<M> machine(
            Protocol<M> protocol, Order.Enrol enrol, Equipment equipment, Site site) {
        NodeId place = new NodeId(enrol.place());
        return new LiveMachine<>(
                place, enrol.incarnation(), protocol.node(place), equipment, site, enrol.logs());
    }

    private void measure(Order.Enrol enrol) throws IOException {
        pipe.send(new Report.Held(Holdings.now(Path.of(enrol.folder()))));
    }

    private void stop() {
        machine()
                .stop(waitsFor -> {
                    count();
                    tell(
                            new Report.Stopped(
                                    waitsFor,
                                    required(totals).sent(),
                                    required(totals).stored(),
                                    required(granted).barrier()));
                });
    }

    /** Puts down what was sent and stored so far, so that whoever kills the process leaves it. */
    private void count() {
        LiveMachine<?> running = machine;
        Totals counted = totals;
        if (running != null && counted != null) {
            counted.set(group().bytes(), running.devices().stableBytes());
        }
    }

    @Override
    public void arrived(Kind kind, int from, int to, Object content) {
        LiveMachine<?> running = machine;
        if (running != null) {
            running.arrived(kind, from, content);
        }
    }

    @Override
    public void viewed(List<Member> members) {
        Here site = here;
        tell(new Report.Viewed(site == null ? 0 : site.time().now(), members));
    }

    @Override
    public void broken(Throwable thrown) {
        var first = thrown.getStackTrace();
        tell(new Report.Broken(thrown + (first.length == 0 ? "" : " at " + first[0])));
        Runtime.getRuntime().halt(BROKEN);
    }

    private void tell(Report report) {
        try {
            pipe.send(report);
        } catch (IOException e) {
            orphaned();
        }
    }

    /** Nobody listens any more. */
    private static void orphaned() {
        Runtime.getRuntime().halt(0);
    }

    private LiveMachine<?> machine() {
        return required(machine);
    }

    private Group group() {
        return required(group);
    }

    private Here here() {
        return required(here);
    }

    private Order.Enrol enrolled() {
        return required(enrolled);
    }

    private static <T> T required(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("an order came before those that it needs");
        }
        return part;
    }

    /** This process, as its node sees it. */
    private final class Here implements Site {

        private final Timekeeper time;
        private final Choices choices;
        private final Set<Moment> awaited = EnumSet.noneOf(Moment.class);
        private final ScheduledExecutorService timers =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("timers").factory());

        Here(Timekeeper time, Order.Enrol enrol) {
            this.time = time;
            this.choices = new SeededChoices(enrol.seed());
            awaited.addAll(enrol.awaited());
        }

        @Override
        public Timekeeper time() {
            return time;
        }

        @Override
        public ScheduledExecutorService timers() {
            return timers;
        }

        @Override
        public Choices choices() {
            return choices;
        }

        @Override
        public void send(Kind kind, int from, int to, Object content) {
            group().send(kind, from, to, content);
        }

        @Override
        public void observe(Observation observation) {
            pipe.add(new Report.Seen(observation));
        }

        @Override
        public void moment(Moment moment) {
            if (awaited.contains(moment)) {
                pipe.add(new Report.Reached(moment));
            }
        }

        @Override
        public void flush() {
            count();
            try {
                pipe.flush();
            } catch (IOException e) {
                orphaned();
            }
        }

        @Override
        public void halt(String reason) {
            tell(new Report.Halting(reason));
            Runtime.getRuntime().halt(HALTED);
        }

        @Override
        public void broken(Throwable thrown) {
            NodeProcess.this.broken(thrown);
        }
    }
}
