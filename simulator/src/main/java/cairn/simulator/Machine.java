package cairn.simulator;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Hardware;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.Outbox;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.model.fault.Moment;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.model.memory.PersistentMemoryPort;
import cairn.model.memory.SegmentationFault;
import cairn.model.service.Client;
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.storage.Disk;
import cairn.model.verbs.Verbs;
import cairn.rdma.Packet;
import cairn.simulator.Trace.Step;
import cairn.simulator.kernel.LogicalProcess;
import cairn.simulator.network.Tenant;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * One machine with one process: hands events to a node one at a time, and carries out its effects
 * in virtual time.
 *
 * <p>Effects asked for after {@link #spend} are scheduled for later, and are held back while the
 * process stands still. A crash drops the node, its memory, its timers and all that was scheduled.
 */
final class Machine<M extends Message> implements Outbox<M>, Tenant {

    // What arrives; the kernel's event kinds.
    private static final int BOOT = 0;
    static final int MESSAGE = 1;
    static final int REQUEST = 2;
    static final int RESPONSE = 3;
    static final int PACKET = 4;
    private static final int TIMER = 5;
    private static final int WAKE = 6;
    static final int ARRIVED = 8;
    static final int NIC_TIMER = 9;
    static final int DIRECTED = 10;
    static final int PACKET_LEAVES = 11;
    // Effects whose time has come; their argument begins with the incarnation that asked for them.
    private static final int SEND = 16;
    private static final int RELEASE = 17;
    private static final int WANT = 18;
    private static final int CLAIM = 19;
    private static final int RUN = 20;
    // What arrived and has been through a core that machines share: this and its kind.
    private static final int TAKEN_IN = 32;

    private static final long LEAST_RETRY_NANOS = 1_000;

    private final World world;
    private final Wires wires;
    private final NodeId self;
    private final Hardware hardware;
    private final Supplier<Node<M>> maker;
    private final long restartNanos;
    private final int process;
    private final Clock clock = new Clock();
    private final Timers timers;
    private final Devices<M> devices;
    private final Processor processor;
    private final ProcessMemory memory;
    private final Claims claims;
    private final ArrayDeque<Event<M>> inbox = new ArrayDeque<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final Progress progress;

    private @Nullable Node<M> node;
    private @Nullable Class<?> program;
    private int incarnation = -1;

    /** What the outside world says to this incarnation; made when it is first asked. */
    private @Nullable Choice inputs;

    /** How long failures go unnoticed here; made when it is first asked. */
    private @Nullable Choice detector;

    /** Counts starts and ends: an effect asked for in an earlier life is never carried out. */
    private int life;

    private int downCauses;
    private int pauseCauses;
    private int shortages;
    private long kills;
    private long stalls;
    private long busyUntil;
    private long takenInUntil;
    private long cursor;
    private long asked;
    private long done;
    private boolean wakePending;
    private boolean halting;

    /** Whether a message was sent while the present event is handled. */
    private boolean sent;

    /** Whether something is to be said of the process that was not said yet. */
    private boolean untold;

    /** An effect that came due while the process stood still. */
    private record Held(int kind, long argument, @Nullable Object payload) {}

    /** An order to start; void once the process has been started or ended again since. */
    private record Start(int life) {}

    Machine(
            World world,
            Wires wires,
            NodeId self,
            Hardware hardware,
            Supplier<Node<M>> maker,
            long restartNanos,
            Progress progress) {
        this.world = world;
        this.wires = wires;
        this.self = self;
        this.hardware = hardware;
        this.maker = maker;
        this.restartNanos = restartNanos;
        this.progress = progress;
        this.process = world.kernel().register(this);
        this.timers = new Timers(world.kernel());
        this.processor = new Processor(hardware.cores());
        this.memory = new ProcessMemory(hardware.memoryBytes());
        this.claims = new Claims(world, self, memory, progress);
        this.devices = new Devices<>(world, wires, self, hardware, process, new DeviceEffects());
    }

    int process() {
        return process;
    }

    Devices<M> devices() {
        return devices;
    }

    Clock clock() {
        return clock;
    }

    Processor processor() {
        return processor;
    }

    ProcessMemory processMemory() {
        return memory;
    }

    boolean isUp() {
        return node != null;
    }

    /** What the process waits for; how it is doing, if it does not run. */
    String waitsFor() {
        Node<M> running = node;
        return running == null ? "being started" : running.waitsFor();
    }

    // ---- what arrives

    @Override
    public void on(int kind, long argument, @Nullable Object payload) {
        if (kind >= TAKEN_IN) {
            occur(kind - TAKEN_IN, argument, payload);
        } else if (world.cores().areShared()
                && kind >= MESSAGE
                && kind <= PACKET
                && argument != self.index()) {
            // On one host an emulated interface is a process, too.
            long now = world.kernel().now();
            takenInUntil = world.handled(Math.max(takenInUntil, now), takenInUntil > now);
            if (kind == PACKET && ((Packet) present(payload)).isRequest()) {
                // What it does here is told of.
                takenInUntil = world.reported(takenInUntil);
            }
            world.kernel().schedule(takenInUntil, process, TAKEN_IN + kind, argument, payload);
        } else {
            occur(kind, argument, payload);
        }
    }

    @SuppressWarnings("unchecked")
    private void occur(int kind, long argument, @Nullable Object payload) {
        switch (kind) {
            case MESSAGE -> {
                world.moment(Moment.DELIVERY, self.index());
                world.step(Step.DELIVERED, self.index(), (int) argument, payload);
                take(new Event.Delivered<>(wires.id((int) argument), (M) present(payload)));
            }
            case REQUEST -> {
                world.moment(Moment.REQUEST, self.index());
                world.step(Step.DELIVERED, self.index(), (int) argument, payload);
                take(new Event.Asked<>((Request) present(payload)));
            }
            case RESPONSE -> answered((Response) present(payload));
            case PACKET -> devices.packet(wires.id((int) argument), present(payload));
            case NIC_TIMER -> devices.timer(argument);
            case ARRIVED -> {
                // Made by a device for the incarnation that asked; another one never learns of it.
                if (lifeOf(argument) == life) {
                    arrived((Event<M>) present(payload));
                }
            }
            case TIMER -> {
                timers.fired(argument);
                world.step(Step.FIRED, self.index(), -1, argument);
                take(new Event.Fired<>(argument));
            }
            case PACKET_LEAVES -> devices.leaves((int) argument, present(payload));
            case DIRECTED -> take(new Event.Fired<>(Client.NEXT));
            case BOOT -> {
                if (((Start) present(payload)).life == life) {
                    startUnlessStarved();
                }
            }
            case WAKE -> wake(argument);
            default -> effect(kind, argument, payload);
        }
    }

    /** The same program takes it for its own; another one does not understand it. */
    @Override
    public void misdelivered(
            LogicalProcess meant, int kind, long argument, @Nullable Object payload) {
        if (meant instanceof Machine<?> other && other.program == program) {
            on(kind, argument, payload);
        }
    }

    private static Object present(@Nullable Object payload) {
        if (payload == null) {
            throw new IllegalStateException("an event of this kind carries a payload");
        }
        return payload;
    }

    private void answered(Response response) {
        if (!response.client().equals(self)) {
            // Meant for whoever had this address before.
            return;
        }
        if (node != null && !response.refused() && response.number() == asked && done < asked) {
            done = asked;
            progress.answered();
            world.observe(new Observation.Answered(world.kernel().now(), response));
        }
        world.step(Step.DELIVERED, self.index(), -1, response);
        take(new Event.Answered<>(response));
    }

    private void arrived(Event<M> event) {
        if (event instanceof Event.Computed<M>(long token)
                && !processor.ends(token, world.kernel().now())) {
            // It was interrupted.
            return;
        }
        take(event);
    }

    private void take(Event<M> event) {
        if (node == null) {
            return;
        }
        if (pauseCauses > 0 || busyUntil > world.kernel().now() || !inbox.isEmpty()) {
            stalls += pauseCauses > 0 ? 1 : 0;
            inbox.add(event);
            wakeLater();
        } else {
            handle(event);
        }
    }

    private void handle(Event<M> event) {
        Node<M> running = node;
        if (running == null || halting) {
            return;
        }
        cursor = world.kernel().now();
        sent = false;
        run(() -> running.on(event, this));
    }

    /** Lets the process go on until it waits again, or dies of a store that cannot be made. */
    private void run(Runnable step) {
        try {
            step.run();
            handled();
        } catch (SegmentationFault fault) {
            end("segmentation fault: " + fault.getMessage());
        } catch (RuntimeException | Error thrown) {
            if (isOfNode(thrown)) {
                throw new NodeFailure(self, world.kernel().now(), thrown);
            }
            throw thrown;
        }
    }

    /**
     * What observers throw while the node claims something is theirs; that memory is short, or that
     * classes do not fit together, is nobody's, but that a stack is full is the node's, whoever had
     * its last frame.
     */
    private boolean isOfNode(Throwable thrown) {
        return switch (thrown) {
            case StackOverflowError _ -> true;
            case VirtualMachineError _ -> false;
            case ExceptionInInitializerError _ -> !world.isObserving();
            case LinkageError _ -> false;
            default -> !world.isObserving();
        };
    }

    private void handled() {
        tell();
        busyUntil = cursor;
        if (!inbox.isEmpty()) {
            wakeLater();
        }
    }

    private void wakeLater() {
        if (!wakePending && pauseCauses == 0) {
            wakePending = true;
            world.kernel()
                    .schedule(Math.max(busyUntil, world.kernel().now()), process, WAKE, life, null);
        }
    }

    private void wake(long forLife) {
        if (forLife != life) {
            return;
        }
        wakePending = false;
        while (node != null
                && pauseCauses == 0
                && !inbox.isEmpty()
                && busyUntil <= world.kernel().now()) {
            handle(inbox.remove());
        }
        if (!inbox.isEmpty()) {
            wakeLater();
        }
    }

    // ---- life and death

    /** The process starts at a time, unless something else becomes of it before. */
    void startAt(long time) {
        world.kernel().schedule(time, process, BOOT, 0, new Start(life));
    }

    private void startUnlessStarved() {
        if (shortages == 0) {
            boot();
        } else {
            startAt(world.kernel().now() + Math.max(restartNanos, LEAST_RETRY_NANOS));
        }
    }

    /** Memory is short until as many calls of {@link #feed}: the process is killed, and again. */
    void starve() {
        shortages++;
        if (node != null) {
            kills++;
            end("out of memory");
        }
    }

    void feed() {
        shortages--;
    }

    /** Starts the process on a machine that is up. */
    private void boot() {
        incarnation++;
        inputs = null;
        life++;
        devices.boot(memory.begin());
        cursor = world.kernel().now();
        busyUntil = cursor;
        wakePending = false;
        world.observe(new Observation.Booted(cursor, self, incarnation));
        world.moment(Moment.BOOT, self.index());
        run(() -> {
            Node<M> fresh = maker.get();
            node = fresh;
            program = fresh.getClass();
            fresh.boot(new Boot(self, incarnation), this);
        });
    }

    /** Ends the process by a fault; it stays down while any cause lasts. */
    void crash(String reason) {
        downCauses++;
        held.clear();
        devices.processCrash();
        if (node != null) {
            kills++;
            stop(reason);
        }
        // What had been asked for and had not begun is never done.
        life++;
    }

    /**
     * The process's RDMA interface failed under it, which no process survives; it is started again.
     */
    void loseDevice() {
        if (node != null && hardware.nic()) {
            kills++;
            end("its RDMA interface was reset");
        }
    }

    /** The process ends by itself, and is started again later. */
    private void end(String reason) {
        devices.processCrash();
        stop(reason);
        // Completions that were on their way to it find no queue any more.
        life++;
        startAt(Math.max(busyUntil, world.kernel().now()) + restartNanos);
    }

    /** A cause of being down ended; when it was the last one, the process starts. */
    void revive() {
        if (--downCauses == 0) {
            startAt(world.kernel().now());
        }
    }

    private void stop(String reason) {
        node = null;
        untold = false;
        halting = false;
        inbox.clear();
        timers.disarmAll();
        memory.end();
        processor.clear();
        world.observe(new Observation.Ended(world.kernel().now(), self, incarnation, reason));
    }

    /** The process stands still until as many calls of {@link #resume}. */
    void pause() {
        if (pauseCauses++ == 0) {
            world.step(Step.PAUSED, self.index(), -1, null);
        }
        stalls += inbox.isEmpty() && busyUntil <= world.kernel().now() ? 0 : 1;
    }

    void resume() {
        if (--pauseCauses > 0) {
            return;
        }
        world.step(Step.RESUMED, self.index(), -1, null);
        long now = world.kernel().now();
        // The thread goes on where it stood: what it was about to do comes before all that waits.
        while (!held.isEmpty()) {
            Held effect = held.remove();
            world.kernel().schedule(now, process, effect.kind, effect.argument, effect.payload);
        }
        if (!inbox.isEmpty()) {
            wakeLater();
        }
    }

    /** How often a fault ended its process so far. */
    long kills() {
        return kills;
    }

    /** How often something had to wait so far because the process stood still. */
    long stalls() {
        return stalls;
    }

    // ---- effects

    private long mark(long low) {
        return (long) life << 32 | low;
    }

    private static int lifeOf(long argument) {
        return (int) (argument >>> 32);
    }

    private void later(int kind, long argument, @Nullable Object payload) {
        world.kernel().schedule(cursor, process, kind, argument, payload);
    }

    private void effect(int kind, long argument, @Nullable Object payload) {
        if (lifeOf(argument) != life) {
            return;
        }
        if (pauseCauses > 0) {
            stalls++;
            held.add(new Held(kind, argument, payload));
            return;
        }
        switch (kind) {
            case SEND -> transmit((int) argument, (Message) present(payload));
            case RELEASE -> release((Response) present(payload));
            case WANT -> want((int) argument, (Want) present(payload));
            case CLAIM -> claims.due((Observation.Claimed) present(payload));
            case RUN -> ((Runnable) present(payload)).run();
            default -> throw new IllegalStateException("unknown kind of event: " + kind);
        }
    }

    /** A message goes out as soon as it has been through a core of the host. */
    private void leave() {
        tell();
        cursor = world.handled(cursor, sent);
        sent = true;
    }

    /** Whoever kills it afterwards does not take away what it said of itself. */
    private void tell() {
        if (untold) {
            untold = false;
            cursor = world.reported(cursor);
        }
    }

    @Override
    public void send(NodeId to, M message) {
        if (!to.equals(self)) {
            leave();
        }
        later(SEND, mark(to.index()), message);
    }

    private void transmit(int to, Message message) {
        world.moment(Moment.SEND, self.index());
        world.step(Step.SENT, self.index(), to, message);
        wires.control().send(self.index(), to, message.bytes(), MESSAGE, self.index(), message);
    }

    @Override
    public void answer(Response response) {
        untold = true;
        leave();
        later(RELEASE, mark(0), response);
    }

    private void release(Response response) {
        world.observe(new Observation.Released(world.kernel().now(), self, incarnation, response));
        world.moment(Moment.ANSWER, self.index());
        wires.control()
                .send(
                        self.index(),
                        response.client().index(),
                        Response.BYTES,
                        RESPONSE,
                        self.index(),
                        response);
    }

    private record Want(Request request, long lateNanos) {}

    @Override
    public void ask(NodeId server, Request request, long lateNanos) {
        long wanted = cursor;
        leave();
        later(WANT, mark(server.index()), new Want(request, lateNanos + cursor - wanted));
    }

    private void want(int server, Want want) {
        Request request = want.request;
        if (request.number() > asked) {
            asked = request.number();
            long now = world.kernel().now();
            world.observe(new Observation.Invoked(now, now - want.lateNanos, request));
        }
        world.step(Step.SENT, self.index(), server, request);
        wires.control().send(self.index(), server, request.bytes(), REQUEST, self.index(), request);
    }

    @Override
    public void claim(Fact fact) {
        untold = true;
        later(CLAIM, mark(0), claims.made(fact, cursor, incarnation));
    }

    @Override
    public void arm(long timer, long delayNanos) {
        forgetFired(timer);
        timers.arm(timer, cursor + clock.virtual(Math.max(0, delayNanos)), process, TIMER, timer);
    }

    @Override
    public void disarm(long timer) {
        forgetFired(timer);
        timers.disarm(timer);
    }

    /**
     * A timer that ran out while the process was busy, and is stopped before it was handled, did
     * not run out.
     */
    private void forgetFired(long timer) {
        if (!inbox.isEmpty()) {
            inbox.removeIf(e -> e instanceof Event.Fired<M>(long name) && name == timer);
        }
    }

    @Override
    public void spend(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("time does not run backwards: " + nanos);
        }
        cursor = world.computed(cursor, processor.nanos(nanos));
    }

    @Override
    public void compute(long token, long nanos) {
        long end = processor.compute(token, cursor, nanos);
        world.kernel().schedule(end, process, ARRIVED, mark(0), new Event.Computed<M>(token));
    }

    @Override
    public long interrupt(long token) {
        return processor.interrupt(token, cursor);
    }

    @Override
    public void halt(String reason) {
        // What was asked for before takes place first; nothing more is handled.
        halting = true;
        later(RUN, mark(0), (Runnable) () -> end(reason));
    }

    @Override
    public long clockNanos() {
        return clock.reading(cursor);
    }

    @Override
    public long detectionNanos(long setUpNanos) {
        Law law = world.environment().detection();
        if (law.equals(Environment.OWN_TIMERS)) {
            return setUpNanos;
        }
        Choice asked = detector;
        if (asked == null) {
            asked = new Choice("detection " + self, law, world.choices());
            detector = asked;
        }
        return Math.max(1, asked.ask());
    }

    @Override
    public Choice choice(String name, Law law) {
        // Dice of another life are other dice: else each would throw what the one before threw.
        String life = incarnation == 0 ? "" : " life " + incarnation;
        return new Choice(name + " " + self + life, law, world.choices());
    }

    @Override
    public long input() {
        Choice asked = inputs;
        if (asked == null) {
            asked = choice("input", INPUTS);
            inputs = asked;
        }
        return asked.ask();
    }

    @Override
    public PagedMemory memory() {
        return memory.present();
    }

    @Override
    public Memory buffers() {
        return devices.buffers();
    }

    @Override
    public PersistentMemoryPort persistentMemory() {
        return devices.persistentMemory();
    }

    @Override
    public Verbs verbs() {
        return devices.verbs();
    }

    @Override
    public Disk disk() {
        return devices.disk();
    }

    /**
     * How devices act for the process: after the time that it has spent, and only for the
     * incarnation that asked.
     */
    private final class DeviceEffects implements Effects<M> {

        @Override
        public void run(Runnable action) {
            tell();
            later(RUN, mark(0), action);
        }

        @Override
        public void after(long delayNanos, Runnable action) {
            world.kernel()
                    .schedule(world.kernel().now() + delayNanos, process, RUN, mark(0), action);
        }

        @Override
        public void spend(long nanos) {
            Machine.this.spend(nanos);
        }

        @Override
        public void arrive(long delayNanos, Event<M> event) {
            world.kernel()
                    .schedule(world.kernel().now() + delayNanos, process, ARRIVED, mark(0), event);
        }
    }
}
