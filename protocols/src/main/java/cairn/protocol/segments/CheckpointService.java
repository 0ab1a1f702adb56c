package cairn.protocol.segments;

import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.protocol.segments.SegmentsMessage.Accept;
import cairn.protocol.segments.SegmentsMessage.Accepted;
import cairn.protocol.segments.SegmentsMessage.Alive;
import cairn.protocol.segments.SegmentsMessage.Attached;
import cairn.protocol.segments.SegmentsMessage.Beat;
import cairn.protocol.segments.SegmentsMessage.Blank;
import cairn.protocol.segments.SegmentsMessage.Complete;
import cairn.protocol.segments.SegmentsMessage.Confirm;
import cairn.protocol.segments.SegmentsMessage.Confirmed;
import cairn.protocol.segments.SegmentsMessage.Denied;
import cairn.protocol.segments.SegmentsMessage.Deposed;
import cairn.protocol.segments.SegmentsMessage.Forward;
import cairn.protocol.segments.SegmentsMessage.FromApplication;
import cairn.protocol.segments.SegmentsMessage.FromReplica;
import cairn.protocol.segments.SegmentsMessage.Holds;
import cairn.protocol.segments.SegmentsMessage.Loaded;
import cairn.protocol.segments.SegmentsMessage.OfRegistry;
import cairn.protocol.segments.SegmentsMessage.Piece;
import cairn.protocol.segments.SegmentsMessage.Prepare;
import cairn.protocol.segments.SegmentsMessage.Promised;
import cairn.protocol.segments.SegmentsMessage.Put;
import cairn.protocol.segments.SegmentsMessage.Register;
import cairn.protocol.segments.SegmentsMessage.Rejected;
import cairn.protocol.segments.SegmentsMessage.Replicate;
import cairn.protocol.segments.SegmentsMessage.Safe;
import cairn.protocol.segments.SegmentsMessage.Stored;
import cairn.protocol.segments.SegmentsMessage.ToApplication;
import cairn.protocol.segments.SegmentsMessage.ToReplica;
import cairn.protocol.segments.SegmentsMessage.Unregister;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The checkpoint service of a node, a process apart from the application (CS-1): it decides about
 * the name with the others, holds copies for them, and has others hold those of its own
 * application.
 */
final class CheckpointService implements Node<SegmentsMessage> {

    static final long REGISTRY_TOKENS = 0;
    static final long HOLDER_TOKENS = 16;
    private static final long TICK = 64;
    private static final int UNKNOWN = -1;
    private static final long NONE = -1;

    private final SegmentsSettings settings;
    private final Topology topology;
    private final Rules rules;
    private final CpuCosts costs;
    private final String name;
    private final NodeId self;
    private final Registry registry;
    private final Holder holder;
    private final @Nullable Watch watch;
    private @Nullable Round round;
    private @Nullable Loader loader;
    private @Nullable Origin origin;
    private @Nullable LocalStorage storage;
    private @Nullable Copy loaded;
    private Purpose purpose = Purpose.NONE;
    private int incarnation = UNKNOWN;
    private int bound = UNKNOWN;
    private long stamp;
    private long takingUp;
    private long toldSafe;
    private long toldConfirmed;

    /** What the round that is under way is for. */
    private enum Purpose {
        NONE,
        REJOINING,
        REGISTERING,
        TAKING_UP,
        NAMING_MEMBERS,
        UNREGISTERING
    }

    CheckpointService(
            SegmentsSettings settings,
            Topology topology,
            Rules rules,
            CpuCosts costs,
            String name,
            NodeId self) {
        this.settings = settings;
        this.topology = topology;
        this.rules = rules;
        this.costs = costs;
        this.name = name;
        this.self = self;
        registry = new Registry(rules, REGISTRY_TOKENS, settings.heartbeatNanos());
        holder = new Holder(settings, rules, costs, self, name, HOLDER_TOKENS);
        watch =
                settings.loadedBy() == Requester.SERVICE && topology.isAble(self)
                        ? new Watch(settings, topology.services().indexOf(self))
                        : null;
    }

    @Override
    public void boot(Boot boot, Outbox<SegmentsMessage> out) {
        round = new Round(topology, rules, self, boot.incarnation());
        stamp = (long) boot.incarnation() << Integer.SIZE;
        registry.boot(boot.incarnation(), out);
        holder.boot(boot.incarnation(), out);
        out.arm(TICK, settings.heartbeatNanos());
    }

    private Round round() {
        Round present = round;
        if (present == null) {
            throw new IllegalStateException("an event before boot");
        }
        return present;
    }

    @Override
    public void on(Event<SegmentsMessage> event, Outbox<SegmentsMessage> out) {
        switch (event) {
            case Event.OfDisk<SegmentsMessage> disk -> {
                if (registry.owns(disk.token())) {
                    registry.onDisk(disk, out);
                } else {
                    holder.onDisk(disk, out);
                }
            }
            case Event.Fired<SegmentsMessage>(long timer) when timer == TICK -> tick(out);
            case Event.Fired<SegmentsMessage>(long timer) -> {
                if (registry.owns(timer)) {
                    registry.fired(out);
                } else {
                    holder.fired(timer, out);
                }
            }
            case Event.Computed<SegmentsMessage>(long token) -> computed(token, out);
            case Event.Delivered<SegmentsMessage>(NodeId from, SegmentsMessage message) -> {
                // Until it has read what it had stored it is as good as down.
                if (registry.isReady() && holder.isReady()) {
                    delivered(from, message, out);
                }
            }
            case Event.Asked<SegmentsMessage> _,
                    Event.Answered<SegmentsMessage> _,
                    Event.OfNic<SegmentsMessage> _ ->
                    throw new IllegalStateException("not for a checkpoint service: " + event);
        }
    }

    private void delivered(NodeId from, SegmentsMessage message, Outbox<SegmentsMessage> out) {
        switch (message) {
            case ToReplica toReplica -> holder.on(from, toReplica, out);
            case FromReplica fromReplica -> fromReplica(from, fromReplica, out);
            case OfRegistry ofRegistry -> ofRegistry(from, ofRegistry, out);
            case FromApplication fromApplication -> fromApplication(fromApplication, out);
            case Forward(long term, long version) -> forward(from, term, version, out);
            case Alive(long term) -> {
                if (watch != null) {
                    watch.heard(term);
                }
            }
            case ToApplication _ ->
                    throw new IllegalStateException("not for a checkpoint service: " + message);
        }
    }

    private void tick(Outbox<SegmentsMessage> out) {
        out.arm(TICK, settings.heartbeatNanos());
        if (!registry.isReady() || !holder.isReady()) {
            return;
        }
        if (!registry.hasVoice() && !round().isBusy()) {
            purpose = Purpose.REJOINING;
            round().rejoin(out);
        }
        round().tick(out);
        if (loader != null) {
            loader.tick(out);
            finishLoading(out);
        }
        if (origin != null) {
            origin.tick(out);
            goOn(out);
        } else if (watch != null && watch.tick()) {
            register(watch.term(), out);
        }
    }

    // ---- the application of this node

    private void fromApplication(FromApplication message, Outbox<SegmentsMessage> out) {
        out.spend(costs.messageNanos());
        switch (message) {
            case Beat(long term, int living) -> beat(term, living, out);
            case Register(long afterTerm) -> register(afterTerm, out);
            case Put(long term, Segment segment) -> {
                out.spend(costs.memcpyNanos(segment.length()));
                if (storage != null && isOrigin(term)) {
                    storage.put(segment);
                }
            }
            case Complete complete -> complete(complete, out);
            case Confirm(long term, long number) -> {
                if (origin != null && isOrigin(term)) {
                    origin.confirm(number, out);
                    toldConfirmed = Math.min(toldConfirmed, number - 1);
                    goOn(out);
                }
            }
            case Unregister(long term) -> unregister(term, out);
        }
    }

    private boolean isOrigin(long term) {
        return origin != null && origin.term() == term && bound == incarnation;
    }

    private void tell(ToApplication message, Outbox<SegmentsMessage> out) {
        if (topology.isAble(self)) {
            out.send(topology.applicationOf(self), message);
        }
    }

    private void beat(long term, int living, Outbox<SegmentsMessage> out) {
        if (living < incarnation) {
            return;
        }
        if (living > incarnation) {
            incarnation = living;
            if (origin != null) {
                // The process that had the name is gone, and with it what it knew.
                release();
            }
        }
        if (origin == null) {
            takeUp(term, out);
        } else if (term == origin.term()) {
            showLife(out);
        } else if (loaded != null && term < origin.term()) {
            tell(new Loaded(incarnation, loaded), out);
        }
    }

    private void showLife(Outbox<SegmentsMessage> out) {
        if (origin == null) {
            return;
        }
        Alive alive = new Alive(origin.term());
        List<NodeId> watching =
                switch (settings.loadedBy()) {
                    case APPLICATION -> topology.applications();
                    case SERVICE -> topology.services().subList(0, settings.ableNodes());
                    case AGENT -> topology.agents();
                };
        for (NodeId place : watching) {
            out.send(place, alive);
        }
    }

    /** CS-1, CS-11: the service started again; its application has the name, and goes on. */
    private void takeUp(long term, Outbox<SegmentsMessage> out) {
        if (term > 0 && !round().isBusy() && loader == null) {
            purpose = Purpose.TAKING_UP;
            takingUp = term;
            round().begin(now -> now, out);
        }
    }

    /** CS-1, CS-5, CS-10: the name for this node's application, if it is as it was observed. */
    private void register(long afterTerm, Outbox<SegmentsMessage> out) {
        if (origin != null
                || loader != null
                || round().isBusy()
                || incarnation == UNKNOWN
                || !topology.isAble(self)) {
            return;
        }
        purpose = Purpose.REGISTERING;
        long attempt = ++stamp;
        NodeId application = topology.applicationOf(self);
        round().begin(
                        now ->
                                now.term() == afterTerm
                                        ? new Registration(
                                                afterTerm + 1, application, attempt, now.members())
                                        : now,
                        out);
    }

    /** CS-13: the name is free again, and what was stored under it is dropped. */
    private void unregister(long term, Outbox<SegmentsMessage> out) {
        if (isOrigin(term) && !round().isBusy()) {
            purpose = Purpose.UNREGISTERING;
            round().begin(
                            now ->
                                    now.term() == term
                                            ? new Registration(term + 1, null, 0, List.of())
                                            : now,
                            out);
        }
    }

    private void complete(Complete complete, Outbox<SegmentsMessage> out) {
        LocalStorage local = storage;
        Origin own = origin;
        if (local == null || own == null || !isOrigin(complete.term())) {
            return;
        }
        if (local.complete(complete)) {
            loaded = null;
            toldSafe = Math.min(toldSafe, complete.version() - 1);
            tell(new Stored(complete.term(), complete.version()), out);
        }
        goOn(out);
    }

    private void computed(long token, Outbox<SegmentsMessage> out) {
        if (storage != null && origin != null) {
            Copy current = origin.current();
            long former = current == null ? 0 : current.version();
            Copy copy = storage.computed(token, origin.term(), former, out);
            if (copy != null) {
                origin.replicate(copy, out);
            }
            goOn(out);
        }
    }

    /** Does whatever can be done next for the application of this node. */
    private void goOn(Outbox<SegmentsMessage> out) {
        Origin own = origin;
        LocalStorage local = storage;
        if (own == null || local == null) {
            return;
        }
        List<Member> members = round().isBusy() ? null : own.membersToRegister();
        if (members != null) {
            purpose = Purpose.NAMING_MEMBERS;
            round().begin(now -> now.term() == own.term() ? now.withMembers(members) : now, out);
        }
        Copy current = own.current();
        if (current != null && own.isSafe() && current.version() > toldSafe) {
            toldSafe = current.version();
            tell(new Safe(own.term(), toldSafe), out);
        }
        if (current == null || own.isSafe()) {
            local.read(current == null ? NONE : current.version(), out);
        }
        if (own.confirmed() > toldConfirmed) {
            toldConfirmed = own.confirmed();
            tell(new Confirmed(own.term(), toldConfirmed), out);
        }
    }

    // ---- copies

    private void fromReplica(NodeId from, FromReplica message, Outbox<SegmentsMessage> out) {
        out.spend(costs.messageNanos());
        switch (message) {
            case Holds holds -> {
                if (loader != null) {
                    loader.holds(from, holds, out);
                    finishLoading(out);
                } else if (origin != null) {
                    if (origin.holds(from, holds, out)) {
                        goOn(out);
                    } else {
                        deposed(holds.term(), out);
                    }
                }
            }
            case Piece piece -> {
                out.spend(costs.checksumNanos(piece.segment().length()));
                if (loader != null) {
                    loader.piece(from, piece, out);
                    finishLoading(out);
                }
            }
        }
    }

    private void forward(NodeId from, long term, long version, Outbox<SegmentsMessage> out) {
        Copy copy = holder.held();
        if (copy.version() == version) {
            for (NodeId global : topology.globals()) {
                out.send(global, new Replicate(from, copy.under(term), version));
            }
        }
    }

    /** CS-5: what was loaded goes to this node's storage, and the application may go on from it. */
    private void finishLoading(Outbox<SegmentsMessage> out) {
        Loader finished = loader;
        Copy copy = finished == null ? null : finished.loaded();
        if (finished == null || copy == null) {
            return;
        }
        loader = null;
        become(finished.registration(), copy, out);
        loaded = copy;
        if (origin != null) {
            origin.replicate(copy, out);
        }
        tell(new Loaded(incarnation, copy), out);
    }

    private void become(Registration registration, Copy copy, Outbox<SegmentsMessage> out) {
        bound = incarnation;
        origin = new Origin(settings, topology, rules, self, registration);
        storage = new LocalStorage(rules, costs, copy, settings.segments());
        toldSafe = NONE;
        toldConfirmed = 0;
        origin.tick(out);
    }

    private void release() {
        origin = null;
        storage = null;
        loaded = null;
    }

    private void deposed(long term, Outbox<SegmentsMessage> out) {
        release();
        tell(new Deposed(term), out);
    }

    // ---- the name

    private void ofRegistry(NodeId from, OfRegistry message, Outbox<SegmentsMessage> out) {
        out.spend(costs.messageNanos());
        switch (message) {
            case Prepare prepare -> registry.prepare(from, prepare, out);
            case Accept accept -> registry.accept(from, accept, out);
            case Promised promised -> {
                if (round().promised(from, promised, out)) {
                    rejoined(out);
                }
            }
            case Blank blank -> {
                if (round().blank(from, blank)) {
                    rejoined(out);
                }
            }
            case Accepted accepted -> {
                if (round().accepted(from, accepted)) {
                    decided(round().decided(), out);
                }
            }
            case Rejected rejected -> round().rejected(rejected);
        }
    }

    private void rejoined(Outbox<SegmentsMessage> out) {
        purpose = Purpose.NONE;
        registry.rejoin(round().ballot(), round().newest(), out);
    }

    private void decided(Registration now, Outbox<SegmentsMessage> out) {
        Purpose done = purpose;
        purpose = Purpose.NONE;
        switch (done) {
            case REGISTERING -> {
                NodeId application = topology.applicationOf(self);
                if (now.stamp() == stamp && application.equals(now.holder())) {
                    out.claim(new Fact.Registered(name, application, now.term()));
                    loader = new Loader(settings, rules, now);
                    loader.start(out);
                    finishLoading(out);
                } else {
                    denied(now.term(), out);
                }
            }
            case TAKING_UP -> takenUp(now, out);
            case NAMING_MEMBERS -> {
                if (origin != null && !origin.registered(now, name, out)) {
                    deposed(now.term(), out);
                }
                goOn(out);
            }
            case UNREGISTERING -> unregistered(now, out);
            case REJOINING, NONE ->
                    throw new IllegalStateException("decided although nobody asked: " + now);
        }
    }

    private void denied(long term, Outbox<SegmentsMessage> out) {
        if (watch != null) {
            watch.heard(term);
        }
        Denied denied = new Denied(term);
        tell(denied, out);
        for (NodeId agent : topology.agents()) {
            out.send(agent, denied);
        }
    }

    private void takenUp(Registration now, Outbox<SegmentsMessage> out) {
        if (now.term() == takingUp && topology.applicationOf(self).equals(now.holder())) {
            become(now, Copy.NOTHING, out);
            tell(new Attached(now.term()), out);
        } else {
            deposed(now.term(), out);
        }
    }

    /**
     * Who does not hear of it keeps a copy that nobody loads, until the next one takes its place.
     */
    private void unregistered(Registration now, Outbox<SegmentsMessage> out) {
        if (now.holder() == null) {
            Copy nothing = Copy.NOTHING.under(now.term());
            for (NodeId service : topology.services()) {
                out.send(service, new Replicate(self, nothing, 0));
            }
            for (NodeId global : topology.globals()) {
                out.send(global, new Replicate(self, nothing, 0));
            }
        }
        deposed(now.term(), out);
    }

    @Override
    public String waitsFor() {
        if (!registry.isReady() || !holder.isReady()) {
            return "its disk";
        }
        if (round().isBusy()) {
            return "a majority about the name: " + purpose;
        }
        if (loader != null) {
            return loader.waitsFor();
        }
        return origin == null ? "requests" : origin.waitsFor();
    }
}
