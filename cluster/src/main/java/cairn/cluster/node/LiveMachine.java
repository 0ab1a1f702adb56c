package cairn.cluster.node;

import cairn.cluster.group.Kind;
import cairn.model.Boot;
import cairn.model.Claimant;
import cairn.model.Event;
import cairn.model.Fact;
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
import cairn.model.service.Request;
import cairn.model.service.Response;
import cairn.model.storage.Disk;
import cairn.model.verbs.Verbs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One life of a node, in real time: from its boot until its process is killed, or it asks for its
 * end.
 *
 * <p>What the simulator charges for work by {@link #spend} is here the work itself, so the call
 * does nothing.
 */
public final class LiveMachine<M extends Message> implements Outbox<M> {

    private final NodeId self;
    private final int incarnation;
    private final Node<M> node;
    private final Site site;
    private final Devices<M> devices;
    private final Turns turns;
    private final LiveTimers timers;
    private final Cores cores;
    private final PagedMemory memory;
    private final Claimant claimant;
    private final ArrayDeque<Event<M>> held = new ArrayDeque<>();
    private @Nullable Choice inputs;
    private boolean booted;
    private boolean still;
    private boolean ended;
    private long asked;
    private long done;

    /** The first life of a node at a place, with what its machine has. */
    public LiveMachine(NodeId self, Node<M> node, Equipment equipment, Site site) {
        this(self, 0, node, equipment, site, false);
    }

    /**
     * A node at a place, with what its machine has.
     *
     * @param logs whether an earlier life claimed that receipts are logged
     */
    public LiveMachine(
            NodeId self,
            int incarnation,
            Node<M> node,
            Equipment equipment,
            Site site,
            boolean logs) {
        this.self = self;
        this.incarnation = incarnation;
        this.node = node;
        this.site = site;
        this.turns = new Turns(this::broken);
        this.timers = new LiveTimers(site.timers(), turns);
        this.cores = new Cores(equipment.hardware().cores());
        this.memory = equipment.memory();
        this.claimant = new Claimant(self, () -> memory, logs);
        this.devices = new Devices<>(self, incarnation, equipment, memory, site, turns, this::take);
    }

    /** Starts the node. */
    public void boot() {
        turn(() -> {
            site.observe(new Observation.Booted(now(), self, incarnation));
            site.moment(Moment.BOOT);
            booted = true;
            node.boot(new Boot(self, incarnation), this);
        });
    }

    /** Something arrived from another place. */
    @SuppressWarnings("unchecked")
    public void arrived(Kind kind, int from, Object content) {
        switch (kind) {
            case MESSAGE -> {
                site.moment(Moment.DELIVERY);
                take(new Event.Delivered<>(new NodeId(from), (M) content));
            }
            case REQUEST -> {
                site.moment(Moment.REQUEST);
                take(new Event.Asked<>((Request) content));
            }
            case RESPONSE -> turn(() -> answered((Response) content));
            case PACKET -> turn(() -> devices.packet(new NodeId(from), content));
        }
    }

    private void answered(Response response) {
        if (!response.refused() && response.number() == asked && done < asked) {
            done = asked;
            site.observe(new Observation.Answered(now(), response));
        }
        handle(new Event.Answered<>(response));
    }

    private void take(Event<M> event) {
        turn(() -> handle(event));
    }

    private void turn(Runnable action) {
        turns.take(() -> {
            if (ended) {
                return;
            }
            action.run();
            site.flush();
        });
    }

    private void broken(Throwable thrown) {
        ended = true;
        site.broken(thrown);
    }

    private void handle(Event<M> event) {
        if (!booted || ended) {
            // For whoever had this place before.
            return;
        }
        if (still) {
            held.add(event);
        } else {
            node.on(event, this);
        }
    }

    /** The node stands still, or goes on with what has come meanwhile; its devices never stop. */
    public void hold(boolean standStill) {
        turn(() -> {
            still = standStill;
            while (!still && !held.isEmpty()) {
                node.on(held.remove(), this);
            }
        });
    }

    /** Lets the node do something that it is told from outside of the run. */
    public void perform(Consumer<Outbox<M>> action) {
        turn(() -> action.accept(this));
    }

    /** The devices of the machine, for their faults. */
    public Devices<M> devices() {
        return devices;
    }

    /** Bits of the machine's persistent memory flip. */
    public void rotMemory(long address, long length) {
        turn(() -> devices.rotMemory(address, length));
    }

    /** The RDMA interface fails under the process, which no process survives. */
    public void loseDevice() {
        turn(() -> halt("its RDMA interface was reset"));
    }

    /** Says what the node waits for, and handles nothing more. */
    public void stop(Consumer<String> lastWords) {
        turn(() -> {
            ended = true;
            timers.disarmAll();
            lastWords.accept(node.waitsFor());
        });
    }

    private long now() {
        return site.time().now();
    }

    // ---- effects

    private void leave(Kind kind, int to, Object content) {
        site.flush();
        site.send(kind, self.index(), to, content);
    }

    @Override
    public void send(NodeId to, M message) {
        site.moment(Moment.SEND);
        if (to.equals(self)) {
            take(new Event.Delivered<>(self, message));
        } else {
            leave(Kind.MESSAGE, to.index(), message);
        }
    }

    @Override
    public void answer(Response response) {
        site.observe(new Observation.Released(now(), self, incarnation, response));
        site.moment(Moment.ANSWER);
        leave(Kind.RESPONSE, response.client().index(), response);
    }

    @Override
    public void ask(NodeId server, Request request, long lateNanos) {
        if (request.number() > asked) {
            asked = request.number();
            long now = now();
            site.observe(new Observation.Invoked(now, now - lateNanos, request));
        }
        leave(Kind.REQUEST, server.index(), request);
    }

    @Override
    public void claim(Fact fact) {
        site.observe(claimant.claims(fact, now(), incarnation));
    }

    @Override
    public void arm(long timer, long delayNanos) {
        forgetFired(timer);
        timers.arm(
                timer,
                site.time().real(Math.max(0, delayNanos)),
                () -> take(new Event.Fired<>(timer)));
    }

    @Override
    public void disarm(long timer) {
        forgetFired(timer);
        timers.disarm(timer);
    }

    private void forgetFired(long timer) {
        if (!held.isEmpty()) {
            held.removeIf(event -> event instanceof Event.Fired<M>(long name) && name == timer);
        }
    }

    @Override
    public void spend(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("time does not run backwards: " + nanos);
        }
    }

    @Override
    public void compute(long token, long nanos) {
        long now = now();
        long end = cores.begin(token, now, nanos);
        var _ =
                site.timers()
                        .schedule(
                                () ->
                                        turn(() -> {
                                            if (cores.end(token, end)) {
                                                handle(new Event.Computed<>(token));
                                            }
                                        }),
                                end - now,
                                TimeUnit.NANOSECONDS);
    }

    @Override
    public long interrupt(long token) {
        return cores.interrupt(token, now());
    }

    @Override
    public void halt(String reason) {
        ended = true;
        timers.disarmAll();
        site.flush();
        site.halt(reason);
    }

    @Override
    public long clockNanos() {
        return site.time().reading();
    }

    @Override
    public Choice choice(String name, Law law) {
        return new Choice(name + " " + self, law, site.choices());
    }

    @Override
    public long input() {
        Choice outside = inputs;
        if (outside == null) {
            // Another life hears something else, although its dice have the same seed.
            outside = new Choice("input " + self + " life " + incarnation, INPUTS, site.choices());
            inputs = outside;
        }
        return outside.ask();
    }

    @Override
    public PagedMemory memory() {
        return memory;
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
}
