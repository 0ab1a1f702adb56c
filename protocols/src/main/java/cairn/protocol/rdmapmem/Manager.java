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
import cairn.protocol.rdmapmem.RdmaPmemMessage.Reply;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Report;
import cairn.protocol.rdmapmem.RdmaPmemMessage.TakeOver;
import cairn.protocol.rdmapmem.RdmaPmemMessage.Unbind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

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

    private final Setup setup;
    private final NodeId self;
    private final int rank;
    private final Round round;
    private final ArrayDeque<Waiting> petitions = new ArrayDeque<>();
    private Standing standing = Standing.STANDBY;
    private long term;
    private long highestTerm;
    private Directory directory = Directory.BLANK;
    private @Nullable Waiting current;

    private enum Standing {
        STANDBY,
        CLAIMING,
        ACTIVE
    }

    private record Waiting(NodeId server, Petition petition) {}

    Manager(Setup setup, NodeId self) {
        this.setup = setup;
        this.self = self;
        this.rank = setup.topology().managers().indexOf(self);
        this.round = new Round(setup.topology().units());
    }

    private NodeId peer() {
        return setup.topology().managers().get(1 - rank);
    }

    @Override
    public void boot(Boot boot, Outbox<RdmaPmemMessage> out) {
        if (rank == 0 && boot.incarnation() == 0) {
            claimTerm(out);
        } else {
            watch(out);
        }
    }

    @Override
    public void on(Event<RdmaPmemMessage> event, Outbox<RdmaPmemMessage> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, Report report) -> report(origin, report, out);
            case Event.Delivered(NodeId origin, Petition petition) ->
                    petition(origin, petition, out);
            case Event.Delivered(NodeId _, ManagerAlive(long aliveTerm)) -> alive(aliveTerm, out);
            case Event.Fired(long timer) when timer == BEAT -> beat(out);
            case Event.Fired<?> _ -> claimTerm(out);
            case Event.Delivered<?> _,
                    Event.Asked<?> _,
                    Event.Answered<?> _,
                    Event.Computed<?> _,
                    Event.OfNic<?> _,
                    Event.OfDisk<?> _ ->
                    throw new IllegalStateException("not for a manager: " + event);
        }
    }

    // ---- which of the two manages

    private void watch(Outbox<RdmaPmemMessage> out) {
        standing = Standing.STANDBY;
        round.stop();
        current = null;
        petitions.clear();
        out.disarm(BEAT);
        out.arm(SUSPECT, setup.settings().suspectAfterNanos() * (1 + rank));
    }

    /** PMU-18: asks all units to obey a term that only this one of the pair can have. */
    private void claimTerm(Outbox<RdmaPmemMessage> out) {
        standing = Standing.CLAIMING;
        term = highestTerm + 1 + (highestTerm + 1 + rank) % 2;
        highestTerm = term;
        directory = Directory.BLANK;
        round.begin(manage(), (_, o) -> claimed(o), out);
        out.arm(BEAT, setup.settings().heartbeatNanos());
    }

    private Manage manage() {
        return new Manage(term, Topology.credential(self));
    }

    private void claimed(Outbox<RdmaPmemMessage> out) {
        standing = Standing.ACTIVE;
        out.send(peer(), new ManagerAlive(term));
        atUnits(unit -> new Fact.Managing(unit, term), out);
        if (directory.isBlank()) {
            done(out);
        } else {
            // A change by the former manager may have reached some units only: it counts, at all.
            programAll(directory.next(term), this::recall, out);
        }
    }

    /** Its predecessor may have died before it could say what it had done. */
    private void recall(Outbox<RdmaPmemMessage> out) {
        for (NodeId unit : setup.topology().units()) {
            directory.entries().forEach(entry -> out.claim(laid(unit, entry)));
        }
        done(out);
    }

    /** Claims something of every unit. */
    private void atUnits(Function<NodeId, Fact> fact, Outbox<RdmaPmemMessage> out) {
        setup.topology().units().forEach(unit -> out.claim(fact.apply(unit)));
    }

    private static Fact laid(NodeId unit, Fact.Entry entry) {
        return new Fact.Laid(unit, entry.resource(), entry.address(), entry.length());
    }

    private void alive(long aliveTerm, Outbox<RdmaPmemMessage> out) {
        if (aliveTerm >= highestTerm) {
            highestTerm = aliveTerm;
            watch(out);
        }
    }

    private void beat(Outbox<RdmaPmemMessage> out) {
        out.arm(BEAT, setup.settings().heartbeatNanos());
        if (standing == Standing.ACTIVE) {
            out.send(peer(), new ManagerAlive(term));
            setup.topology().units().forEach(unit -> out.send(unit, manage()));
        }
        round.ask(out);
    }

    // ---- what units report

    private void report(NodeId unit, Report report, Outbox<RdmaPmemMessage> out) {
        if (standing == Standing.STANDBY) {
            return;
        }
        if (report instanceof Outranked(long higher) && higher > term) {
            highestTerm = Math.max(highestTerm, higher);
            watch(out);
            return;
        }
        if (report instanceof Managed(long managedTerm, Directory found) && managedTerm == term) {
            managed(unit, found, out);
        }
        if (round.isRefused(unit, report, out)) {
            Waiting waiting = current;
            if (waiting != null && waiting.petition instanceof Open open) {
                out.send(waiting.server, new NotOpened(open.attempt(), open.region()));
            }
            done(out);
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
        if (!setup.topology().isServer(server)
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
        if (!round.isOpen() && standing == Standing.ACTIVE) {
            next(out);
        }
    }

    private void reply(NodeId server, Reply reply, Outbox<RdmaPmemMessage> out) {
        out.send(server, reply);
        done(out);
    }

    private void done(Outbox<RdmaPmemMessage> out) {
        current = null;
        next(out);
    }

    private void next(Outbox<RdmaPmemMessage> out) {
        while (!round.isOpen() && !petitions.isEmpty()) {
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
            if (!round.isOpen()) {
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
            deny(server, out);
        } else if (repeated) {
            revoke(server, leaderTerm, out);
        } else {
            Directory before = directory;
            Directory changed = before.next(term).ledBy(server.index(), incarnation, observed + 1);
            programAll(
                    setup.rules().underNewPrimary(changed, setup.layout()),
                    o -> {
                        claimMoved(before, o);
                        revoke(server, observed + 1, o);
                    },
                    out);
        }
    }

    private void claimMoved(Directory before, Outbox<RdmaPmemMessage> out) {
        for (Fact.Entry entry : directory.entries()) {
            if (!entry.equals(before.find(entry.resource()))) {
                for (NodeId unit : setup.topology().units()) {
                    out.claim(new Fact.Removed(unit, entry.resource()));
                    out.claim(laid(unit, entry));
                }
            }
        }
    }

    private void revoke(NodeId server, long leaderTerm, Outbox<RdmaPmemMessage> out) {
        round.begin(
                setup.rules().revocation(term, leaderTerm),
                (ended, o) -> {
                    ended.forEach((unit, holders) -> claimRevoked(unit, holders, o));
                    reply(server, new Led(leaderTerm, directory.incarnation()), o);
                },
                out);
    }

    private void claimRevoked(NodeId unit, int holders, Outbox<RdmaPmemMessage> out) {
        for (NodeId holder : setup.topology().servers()) {
            if ((holders >>> holder.index() & 1) != 0) {
                for (Fact.Entry entry : directory.entries()) {
                    out.claim(new Fact.Revoked(unit, entry.resource(), holder));
                }
            }
        }
    }

    /** Whether a server leads; it is told if not. */
    private boolean leads(NodeId server, long leaderTerm, Outbox<RdmaPmemMessage> out) {
        boolean leads =
                directory.holder() == server.index() && directory.leaderTerm() == leaderTerm;
        if (!leads) {
            deny(server, out);
        }
        return leads;
    }

    private void deny(NodeId server, Outbox<RdmaPmemMessage> out) {
        out.send(server, new Denied(directory.leaderTerm(), directory.holder()));
    }

    /** PMU-1: a region exists before it can be written. */
    private void create(NodeId server, Create create, Outbox<RdmaPmemMessage> out) {
        if (!leads(server, create.leaderTerm(), out)) {
            return;
        }
        String name = Layout.regionName(create.region());
        Fact.Entry existing = directory.find(name);
        if (existing != null) {
            out.send(server, new Created(create.region(), existing.length()));
            return;
        }
        long address =
                directory.gapFor(
                        create.length(), UnitStore.FIRST_REGION, setup.layout().unitBytes());
        if (address < 0) {
            throw new IllegalStateException("no room for " + create + " in " + directory);
        }
        Fact.Entry entry = new Fact.Entry(name, address, create.length());
        programAll(
                directory.next(term).with(entry),
                o -> {
                    atUnits(unit -> laid(unit, entry), o);
                    reply(server, new Created(create.region(), create.length()), o);
                },
                out);
    }

    /** PMU-1, PMU-12: a region is opened, by itself, before it can be accessed. */
    private void open(NodeId server, Open open, Outbox<RdmaPmemMessage> out) {
        if (open.writes() && !leads(server, open.leaderTerm(), out)) {
            return;
        }
        String name = Layout.regionName(open.region());
        if (directory.find(name) == null) {
            out.send(server, new NotOpened(open.attempt(), open.region()));
            return;
        }
        long leaderTerm = directory.leaderTerm();
        Set<Access> rights = setup.settings().rights(open.writes());
        round.begin(
                new Bind(term, server, open.attempt(), open.region(), open.writes(), leaderTerm),
                (keys, o) -> {
                    atUnits(unit -> new Fact.Granted(unit, name, server, rights, leaderTerm), o);
                    List<Integer> rkeys = List.copyOf(keys.values());
                    reply(server, new Opened(open.attempt(), open.region(), rkeys), o);
                },
                out);
    }

    private void close(NodeId server, Close close, Outbox<RdmaPmemMessage> out) {
        String name = Layout.regionName(close.region());
        round.begin(
                new Unbind(term, server, close.attempt(), close.region()),
                (ended, o) -> {
                    ended.values().removeIf(none -> none == 0);
                    ended.keySet().forEach(unit -> o.claim(new Fact.Revoked(unit, name, server)));
                    reply(server, new Closed(close.attempt(), close.region()), o);
                },
                out);
    }

    private void delete(NodeId server, Delete delete, Outbox<RdmaPmemMessage> out) {
        if (!leads(server, delete.leaderTerm(), out)) {
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
                    atUnits(unit -> new Fact.Removed(unit, name), o);
                    reply(server, new Deleted(delete.region()), o);
                },
                out);
    }

    /** PMU-11, PMU-20: a change counts when every unit has it in its durable directory. */
    private void programAll(
            Directory changed,
            Consumer<Outbox<RdmaPmemMessage>> then,
            Outbox<RdmaPmemMessage> out) {
        round.begin(
                new Program(term, changed),
                (_, o) -> {
                    directory = changed;
                    then.accept(o);
                },
                out);
    }

    @Override
    public String waitsFor() {
        if (round.isOpen()) {
            return round.waitsFor();
        }
        return standing == Standing.STANDBY
                ? "the active manager to fall silent"
                : "requests of servers";
    }
}
