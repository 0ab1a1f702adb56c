package cairn.protocol.rdmapmem;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Bind;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Close;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Closed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Create;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Created;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Delete;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Deleted;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Denied;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Led;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Manage;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Managed;
import cairn.protocol.rdmapmem.RdmaPmemMessage.ManagerAlive;
import cairn.protocol.rdmapmem.RdmaPmemMessage.NotOpened;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Open;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Opened;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Outranked;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Petition;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Program;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Report;
import cairn.protocol.rdmapmem.RdmaPmemMessage.TakeOver;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The persistent-memory manager, one of a pair: creates and deletes regions, opens and closes them,
 * and decides who leads (PMU-1, PMU-4, PMU-12, PMU-17). The active one is the one whose term all
 * units have accepted; the other takes over when it falls silent.
 *
 * <p>It does one thing at a time, and each step at all units before the next: what it has answered
 * for is in every unit's durable directory.
 */
final class Manager implements Node<RdmaPmemMessage> {

    private static final long BEAT = 1;
    private static final long SUSPECT = 2;
    private static final int MOST_WAITING = 64;

    private final RdmaPmemSettings settings;
    private final Topology topology;
    private final Layout layout;
    private final Rules rules;
    private final ArrayDeque<Waiting> petitions = new ArrayDeque<>();
    private NodeId self = new NodeId(0);
    private Standing standing = Standing.STANDBY;
    private long term;
    private long highestTerm;
    private Directory directory = Directory.BLANK;
    private @Nullable Round round;
    private @Nullable Waiting current;

    private enum Standing {
        STANDBY,
        CLAIMING,
        ACTIVE
    }

    private record Waiting(NodeId server, Petition petition) {}

    Manager(RdmaPmemSettings settings, Topology topology, Layout layout, Rules rules) {
        this.settings = settings;
        this.topology = topology;
        this.layout = layout;
        this.rules = rules;
    }

    private int rank() {
        return topology.managers().indexOf(self);
    }

    private NodeId peer() {
        return topology.managers().get(1 - rank());
    }

    @Override
    public void boot(Boot boot, Outbox<RdmaPmemMessage> out) {
        self = boot.self();
        if (rank() == 0 && boot.incarnation() == 0) {
            claimTerm(out);
        } else {
            watch(out);
        }
    }

    @Override
    public void on(Event<RdmaPmemMessage> event, Outbox<RdmaPmemMessage> out) {
        switch (event) {
            case Event.Delivered<RdmaPmemMessage>(NodeId origin, Report report) ->
                    report(origin, report, out);
            case Event.Delivered<RdmaPmemMessage>(NodeId origin, Petition petition) ->
                    petition(origin, petition, out);
            case Event.Delivered<RdmaPmemMessage>(NodeId _, ManagerAlive(long aliveTerm)) ->
                    alive(aliveTerm, out);
            case Event.Fired<RdmaPmemMessage>(long timer) when timer == BEAT -> beat(out);
            case Event.Fired<RdmaPmemMessage> _ -> claimTerm(out);
            case Event.Delivered<RdmaPmemMessage> _,
                    Event.Asked<RdmaPmemMessage> _,
                    Event.Answered<RdmaPmemMessage> _,
                    Event.Computed<RdmaPmemMessage> _,
                    Event.OfNic<RdmaPmemMessage> _,
                    Event.OfDisk<RdmaPmemMessage> _ ->
                    throw new IllegalStateException("not for a manager: " + event);
        }
    }

    // ---- which of the two manages

    private void watch(Outbox<RdmaPmemMessage> out) {
        standing = Standing.STANDBY;
        round = null;
        current = null;
        petitions.clear();
        out.disarm(BEAT);
        out.arm(SUSPECT, settings.suspectAfterNanos() * (1 + rank()));
    }

    /** PMU-18: asks all units to obey a term that only this one of the pair can have. */
    private void claimTerm(Outbox<RdmaPmemMessage> out) {
        standing = Standing.CLAIMING;
        term = highestTerm + 1 + (highestTerm + 1 + rank()) % 2;
        highestTerm = term;
        directory = Directory.BLANK;
        Round claim = new Round(manage(), topology.units().size());
        begin(claim, this::claimed, out);
        out.arm(BEAT, settings.heartbeatNanos());
    }

    private Manage manage() {
        return new Manage(term, Topology.credential(self));
    }

    private void claimed(Outbox<RdmaPmemMessage> out) {
        standing = Standing.ACTIVE;
        out.send(peer(), new ManagerAlive(term));
        for (NodeId unit : topology.units()) {
            out.claim(new Fact.Managing(unit, term));
        }
        if (!directory.isBlank()) {
            // A change by the former manager may have reached some units only: it counts, at all.
            programAll(directory.next(term), this::recall, out);
        } else {
            done(out);
        }
    }

    /** Its predecessor may have died before it could say what it had done. */
    private void recall(Outbox<RdmaPmemMessage> out) {
        for (NodeId unit : topology.units()) {
            for (Fact.Entry entry : directory.entries()) {
                out.claim(new Fact.Laid(unit, entry.resource(), entry.address(), entry.length()));
            }
        }
        done(out);
    }

    private void alive(long aliveTerm, Outbox<RdmaPmemMessage> out) {
        if (aliveTerm >= highestTerm) {
            highestTerm = aliveTerm;
            watch(out);
        }
    }

    private void beat(Outbox<RdmaPmemMessage> out) {
        out.arm(BEAT, settings.heartbeatNanos());
        if (standing == Standing.ACTIVE) {
            out.send(peer(), new ManagerAlive(term));
            for (NodeId unit : topology.units()) {
                out.send(unit, manage());
            }
        }
        Round open = round;
        if (open != null) {
            open.ask(topology.units(), out);
        }
    }

    // ---- what units report

    private void report(NodeId origin, Report report, Outbox<RdmaPmemMessage> out) {
        int unit = topology.unit(origin);
        if (report instanceof Outranked(long higher)) {
            if (higher > term && standing != Standing.STANDBY) {
                highestTerm = Math.max(highestTerm, higher);
                watch(out);
            }
            return;
        }
        if (standing == Standing.STANDBY) {
            return;
        }
        if (report instanceof Managed(long managedTerm, Directory found) && managedTerm == term) {
            managed(origin, found, out);
        }
        Round open = round;
        if (open == null) {
            return;
        }
        switch (open.take(unit, report)) {
            case NOTHING_NEW -> {
                // Late, doubled, or one of several.
            }
            case COMPLETE -> {
                round = null;
                open.then().accept(out);
            }
            case REFUSED -> {
                round = null;
                Waiting waiting = current;
                if (waiting != null && waiting.petition instanceof Open open2) {
                    out.send(waiting.server, new NotOpened(open2.attempt(), open2.region()));
                }
                done(out);
            }
        }
    }

    private void managed(NodeId unit, Directory found, Outbox<RdmaPmemMessage> out) {
        if (standing == Standing.CLAIMING) {
            if (found.generation() > directory.generation()) {
                directory = found;
            }
        } else if (found.generation() < directory.generation()) {
            // PMU-20: a blank unit in the place of one that was lost.
            out.send(unit, new Program(term, directory));
        }
    }

    // ---- what servers ask

    private void petition(NodeId server, Petition petition, Outbox<RdmaPmemMessage> out) {
        // PMU-10: access information goes to servers that prove to be such.
        if (!topology.isServer(server)
                || petition.credential() != Topology.credential(server)
                || standing == Standing.STANDBY) {
            return;
        }
        Waiting waiting = new Waiting(server, petition);
        if (waiting.equals(current)
                || petitions.contains(waiting)
                || petitions.size() == MOST_WAITING) {
            return;
        }
        petitions.add(waiting);
        if (round == null && standing == Standing.ACTIVE) {
            next(out);
        }
    }

    private void done(Outbox<RdmaPmemMessage> out) {
        current = null;
        next(out);
    }

    private void next(Outbox<RdmaPmemMessage> out) {
        while (round == null && !petitions.isEmpty()) {
            Waiting waiting = petitions.remove();
            current = waiting;
            NodeId server = waiting.server;
            switch (waiting.petition) {
                case TakeOver(long _, int incarnation, long observed) ->
                        takeOver(server, incarnation, observed, out);
                case Create create -> create(server, create, out);
                case Open open -> open(server, open, out);
                case Close close -> close(server, close, out);
                case Delete delete -> delete(server, delete, out);
            }
            if (round == null) {
                current = null;
            }
        }
    }

    /**
     * Compare and set: whoever observed the present term leads under the next one. First the
     * directory is durable at all units, then the former primary's windows end at all units, then
     * the new one learns it (PMU-17).
     */
    private void takeOver(
            NodeId server, int incarnation, long observed, Outbox<RdmaPmemMessage> out) {
        long leaderTerm = directory.leaderTerm();
        boolean repeated =
                observed + 1 == leaderTerm
                        && directory.holder() == server.index()
                        && directory.incarnation() == incarnation;
        if (observed < 0 || (observed < leaderTerm && !repeated)) {
            out.send(server, new Denied(leaderTerm, directory.holder()));
            return;
        }
        if (repeated) {
            revoke(server, leaderTerm, out);
            return;
        }
        Directory changed = directory.next(term).ledBy(server.index(), incarnation, observed + 1);
        Directory before = directory;
        programAll(
                rules.underNewPrimary(changed, layout),
                o -> {
                    claimMoved(before, o);
                    revoke(server, observed + 1, o);
                },
                out);
    }

    private void claimMoved(Directory before, Outbox<RdmaPmemMessage> out) {
        for (Fact.Entry entry : directory.entries()) {
            if (entry.equals(before.find(entry.resource()))) {
                continue;
            }
            for (NodeId unit : topology.units()) {
                out.claim(new Fact.Removed(unit, entry.resource()));
                out.claim(new Fact.Laid(unit, entry.resource(), entry.address(), entry.length()));
            }
        }
    }

    private void revoke(NodeId server, long leaderTerm, Outbox<RdmaPmemMessage> out) {
        Round ending = new Round(rules.revocation(term, leaderTerm), topology.units().size());
        begin(
                ending,
                o -> {
                    claimRevoked(ending.values(), o);
                    o.send(server, new Led(leaderTerm, directory.incarnation()));
                    done(o);
                },
                out);
    }

    private void claimRevoked(int[] ended, Outbox<RdmaPmemMessage> out) {
        for (int unit = 0; unit < ended.length; unit++) {
            for (NodeId server : topology.servers()) {
                if ((ended[unit] >>> server.index() & 1) != 0) {
                    claimRevoked(topology.units().get(unit), server, out);
                }
            }
        }
    }

    private void claimRevoked(NodeId unit, NodeId holder, Outbox<RdmaPmemMessage> out) {
        for (Fact.Entry entry : directory.entries()) {
            out.claim(new Fact.Revoked(unit, entry.resource(), holder));
        }
    }

    private boolean leads(NodeId server, long leaderTerm) {
        return directory.holder() == server.index() && directory.leaderTerm() == leaderTerm;
    }

    private void deny(NodeId server, Outbox<RdmaPmemMessage> out) {
        out.send(server, new Denied(directory.leaderTerm(), directory.holder()));
    }

    /** PMU-1: a region exists before it can be written. */
    private void create(NodeId server, Create create, Outbox<RdmaPmemMessage> out) {
        if (!leads(server, create.leaderTerm())) {
            deny(server, out);
            return;
        }
        String name = Layout.regionName(create.region());
        Fact.Entry existing = directory.find(name);
        if (existing != null) {
            out.send(server, new Created(create.region(), existing.length()));
            return;
        }
        long address =
                directory.gapFor(create.length(), UnitStore.FIRST_REGION, layout.unitBytes());
        if (address < 0) {
            throw new IllegalStateException("no room for " + create + " in " + directory);
        }
        Fact.Entry entry = new Fact.Entry(name, address, create.length());
        programAll(
                directory.next(term).with(entry),
                o -> {
                    for (NodeId unit : topology.units()) {
                        o.claim(new Fact.Laid(unit, name, address, create.length()));
                    }
                    o.send(server, new Created(create.region(), create.length()));
                    done(o);
                },
                out);
    }

    /** PMU-1, PMU-12: a region is opened, by itself, before it can be accessed. */
    private void open(NodeId server, Open open, Outbox<RdmaPmemMessage> out) {
        if (open.writes() && !leads(server, open.leaderTerm())) {
            deny(server, out);
            return;
        }
        String name = Layout.regionName(open.region());
        if (directory.find(name) == null) {
            out.send(server, new NotOpened(open.attempt(), open.region()));
            return;
        }
        Round binding =
                new Round(
                        new Bind(
                                term,
                                server,
                                open.attempt(),
                                open.region(),
                                open.writes(),
                                directory.leaderTerm()),
                        topology.units().size());
        begin(
                binding,
                o -> {
                    for (NodeId unit : topology.units()) {
                        o.claim(
                                new Fact.Granted(
                                        unit,
                                        name,
                                        server,
                                        rights(open.writes()),
                                        directory.leaderTerm()));
                    }
                    o.send(server, new Opened(open.attempt(), open.region(), binding.values()));
                    done(o);
                },
                out);
    }

    private Set<Access> rights(boolean writes) {
        return writes
                ? EnumSet.of(
                        Access.REMOTE_READ,
                        Access.REMOTE_WRITE,
                        Access.FLUSH_GLOBAL,
                        Access.FLUSH_PERSISTENT)
                : EnumSet.of(Access.REMOTE_READ);
    }

    private void close(NodeId server, Close close, Outbox<RdmaPmemMessage> out) {
        String name = Layout.regionName(close.region());
        Round ending =
                new Round(
                        new Unbind(term, server, close.attempt(), close.region()),
                        topology.units().size());
        begin(
                ending,
                o -> {
                    int[] ended = ending.values();
                    for (int unit = 0; unit < ended.length; unit++) {
                        if (ended[unit] != 0) {
                            o.claim(new Fact.Revoked(topology.units().get(unit), name, server));
                        }
                    }
                    o.send(server, new Closed(close.attempt(), close.region()));
                    done(o);
                },
                out);
    }

    private void delete(NodeId server, Delete delete, Outbox<RdmaPmemMessage> out) {
        if (!leads(server, delete.leaderTerm())) {
            deny(server, out);
            return;
        }
        String name = Layout.regionName(delete.region());
        if (directory.find(name) == null) {
            out.send(server, new Deleted(delete.region()));
            return;
        }
        programAll(
                directory.next(term).without(name),
                o -> {
                    for (NodeId unit : topology.units()) {
                        o.claim(new Fact.Removed(unit, name));
                    }
                    o.send(server, new Deleted(delete.region()));
                    done(o);
                },
                out);
    }

    // ---- rounds

    /** PMU-11, PMU-20: a change counts when every unit has it in its durable directory. */
    private void programAll(
            Directory changed,
            Consumer<Outbox<RdmaPmemMessage>> then,
            Outbox<RdmaPmemMessage> out) {
        begin(
                new Round(new Program(term, changed), topology.units().size()),
                o -> {
                    directory = changed;
                    then.accept(o);
                },
                out);
    }

    private void begin(
            Round begun, Consumer<Outbox<RdmaPmemMessage>> then, Outbox<RdmaPmemMessage> out) {
        round = begun;
        begun.andThen(then);
        begun.ask(topology.units(), out);
    }

    @Override
    public String waitsFor() {
        Round open = round;
        if (open != null) {
            return open.waitsFor(topology.units());
        }
        return standing == Standing.STANDBY
                ? "the active manager to fall silent"
                : "requests of servers";
    }
}
