package cairn.part.pmu;

import cairn.model.Fact;
import cairn.model.Fact.Entry;
import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.model.verbs.Access;
import cairn.part.pmu.PmuMessage.Bind;
import cairn.part.pmu.PmuMessage.Close;
import cairn.part.pmu.PmuMessage.Closed;
import cairn.part.pmu.PmuMessage.Create;
import cairn.part.pmu.PmuMessage.Created;
import cairn.part.pmu.PmuMessage.Delete;
import cairn.part.pmu.PmuMessage.Deleted;
import cairn.part.pmu.PmuMessage.Denied;
import cairn.part.pmu.PmuMessage.Led;
import cairn.part.pmu.PmuMessage.NotOpened;
import cairn.part.pmu.PmuMessage.Open;
import cairn.part.pmu.PmuMessage.Opened;
import cairn.part.pmu.PmuMessage.Petition;
import cairn.part.pmu.PmuMessage.Program;
import cairn.part.pmu.PmuMessage.Reply;
import cairn.part.pmu.PmuMessage.TakeOver;
import cairn.part.pmu.PmuMessage.Unbind;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What clients ask of the active manager: to lead; to create, delete, open and close regions
 * (PMU-1, PMU-4, PMU-12, PMU-17). One thing at a time, and each step at all units before the next:
 * what was answered for is in every unit's durable directory.
 */
final class Petitions<M extends Message> {

    private static final int MOST_WAITING = 64;

    private final Pmu<M> pmu;
    private final Round<M> round;
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private long term;
    private Directory directory = Directory.BLANK;

    /** The first that waits is the one that is done, if anything is. */
    private record Asked(NodeId client, Petition petition) {}

    Petitions(Pmu<M> pmu, Round<M> round) {
        this.pmu = pmu;
        this.round = round;
    }

    /** What all units have. */
    Directory directory() {
        return directory;
    }

    void clear() {
        waiting.clear();
    }

    /**
     * Begins to do what waits, under a manager's term.
     *
     * @param found the newest directory of any unit
     */
    void begin(long ofManager, Directory found, Outbox<M> out) {
        term = ofManager;
        directory = found;
        if (found.isBlank()) {
            next(out);
        } else {
            // A change by the former manager may have reached some units only: it counts, at all.
            programAll(found.next(term), this::recall, out);
        }
    }

    /** Its predecessor may have died before it could say what it had done. */
    private void recall(Outbox<M> out) {
        for (NodeId unit : pmu.units()) {
            directory.entries().forEach(entry -> out.claim(laid(unit, entry)));
        }
        next(out);
    }

    private static Fact laid(NodeId unit, Entry entry) {
        return new Fact.Laid(unit, entry.resource(), entry.address(), entry.length());
    }

    /** A petition waits for its turn, unless it does so already. */
    void ask(NodeId client, Petition petition, boolean now, Outbox<M> out) {
        Asked asked = new Asked(client, petition);
        if (waiting.contains(asked) || waiting.size() > MOST_WAITING) {
            return;
        }
        waiting.add(asked);
        if (now) {
            next(out);
        }
    }

    private void next(Outbox<M> out) {
        while (!round.isOpen() && !waiting.isEmpty()) {
            Asked asked = waiting.element();
            NodeId client = asked.client;
            switch (asked.petition) {
                case TakeOver takeOver -> takeOver(client, takeOver, out);
                case Create create -> create(client, create, out);
                case Open open -> open(client, open, out);
                case Close close -> close(client, close, out);
                case Delete delete -> delete(client, delete, out);
            }
            if (!round.isOpen()) {
                waiting.remove();
            }
        }
    }

    /** The first that waits was done at all units. */
    private void done(NodeId client, Reply reply, Outbox<M> out) {
        pmu.send(client, reply, out);
        waiting.remove();
        next(out);
    }

    /** A unit refused the first that waits, which can only be to open a region. */
    void refused(Outbox<M> out) {
        if (waiting.element() instanceof Asked(NodeId client, Open open)) {
            done(client, new NotOpened(open.attempt(), open.region()), out);
        }
    }

    /** Changes the directory at all units; then claims what that means of each, and replies. */
    private void change(
            NodeId client,
            Directory changed,
            Function<NodeId, Fact> fact,
            Reply reply,
            Outbox<M> out) {
        programAll(
                changed,
                o -> {
                    pmu.units().forEach(unit -> o.claim(fact.apply(unit)));
                    done(client, reply, o);
                },
                out);
    }

    /** PMU-11, PMU-20: a change counts when every unit has it in its durable directory. */
    private void programAll(Directory changed, Consumer<Outbox<M>> then, Outbox<M> out) {
        round.begin(
                new Program(term, changed),
                (_, o) -> {
                    directory = changed;
                    then.accept(o);
                },
                out);
    }

    // ---- who leads

    /**
     * Compare and set: whoever observed the present term leads under the next one. First the
     * directory is durable at all units, then the former leader's windows end at all units, then
     * the new one learns it (PMU-17).
     */
    private void takeOver(NodeId client, TakeOver asked, Outbox<M> out) {
        long present = directory.leaderTerm();
        long next = asked.observedTerm() + 1;
        boolean repeated =
                directory.isLedBy(client, next) && directory.incarnation() == asked.incarnation();
        if (next <= 0 || (next <= present && !repeated)) {
            deny(client, out);
        } else if (repeated) {
            revoke(client, next, out);
        } else {
            Directory before = directory;
            Directory changed = before.next(term).ledBy(client.index(), asked.incarnation(), next);
            programAll(
                    pmu.rules().underNewLeader(changed, pmu.unitBytes()),
                    o -> {
                        claimMoved(before, o);
                        revoke(client, next, o);
                    },
                    out);
        }
    }

    private void claimMoved(Directory before, Outbox<M> out) {
        for (Entry entry : directory.entries()) {
            if (!entry.equals(before.find(entry.resource()))) {
                for (NodeId unit : pmu.units()) {
                    out.claim(new Fact.Removed(unit, entry.resource()));
                    out.claim(laid(unit, entry));
                }
            }
        }
    }

    private void revoke(NodeId client, long leaderTerm, Outbox<M> out) {
        round.begin(
                pmu.rules().revocation(term, leaderTerm),
                (ended, o) -> {
                    ended.forEach((unit, holders) -> claimRevoked(unit, holders, o));
                    done(client, new Led(leaderTerm, directory.incarnation()), o);
                },
                out);
    }

    private void claimRevoked(NodeId unit, int holders, Outbox<M> out) {
        for (NodeId holder : pmu.clients()) {
            if ((holders >>> holder.index() & 1) != 0) {
                for (Entry entry : directory.entries()) {
                    out.claim(new Fact.Revoked(unit, entry.resource(), holder));
                }
            }
        }
    }

    private void deny(NodeId client, Outbox<M> out) {
        pmu.send(client, new Denied(directory.leaderTerm(), directory.holder()), out);
    }

    // ---- regions

    /** PMU-1: a region exists before it can be written. */
    private void create(NodeId client, Create create, Outbox<M> out) {
        if (!directory.isLedBy(client, create.leaderTerm())) {
            deny(client, out);
            return;
        }
        String name = Directory.nameOf(create.region());
        Entry existing = directory.find(name);
        if (existing != null) {
            pmu.send(client, new Created(create.region(), existing.length()), out);
            return;
        }
        long address = directory.gapFor(create.length(), pmu.unitBytes());
        if (address < 0) {
            throw new IllegalStateException("no room for " + create + " in " + directory);
        }
        Entry entry = new Entry(name, address, create.length());
        change(
                client,
                directory.next(term).with(entry),
                unit -> laid(unit, entry),
                new Created(create.region(), create.length()),
                out);
    }

    /** PMU-1, PMU-12: a region is opened, by itself, before it can be accessed. */
    private void open(NodeId client, Open open, Outbox<M> out) {
        long leaderTerm = directory.leaderTerm();
        if (open.writes() && !directory.isLedBy(client, open.leaderTerm())) {
            deny(client, out);
            return;
        }
        String name = Directory.nameOf(open.region());
        if (directory.find(name) == null) {
            pmu.send(client, new NotOpened(open.attempt(), open.region()), out);
            return;
        }
        Set<Access> rights = pmu.settings().rights(open.writes());
        round.begin(
                new Bind(term, client, open.attempt(), open.region(), open.writes(), leaderTerm),
                (keys, o) -> {
                    for (NodeId unit : pmu.units()) {
                        o.claim(new Fact.Granted(unit, name, client, rights, leaderTerm));
                    }
                    List<Integer> rkeys = List.copyOf(keys.values());
                    done(client, new Opened(open.attempt(), open.region(), rkeys), o);
                },
                out);
    }

    private void close(NodeId client, Close close, Outbox<M> out) {
        String name = Directory.nameOf(close.region());
        round.begin(
                new Unbind(term, client, close.attempt(), close.region()),
                (ended, o) -> {
                    ended.values().removeIf(none -> none == 0);
                    ended.keySet().forEach(unit -> o.claim(new Fact.Revoked(unit, name, client)));
                    done(client, new Closed(close.attempt(), close.region()), o);
                },
                out);
    }

    private void delete(NodeId client, Delete delete, Outbox<M> out) {
        if (!directory.isLedBy(client, delete.leaderTerm())) {
            deny(client, out);
            return;
        }
        String name = Directory.nameOf(delete.region());
        if (directory.find(name) == null) {
            pmu.send(client, new Deleted(delete.region()), out);
            return;
        }
        change(
                client,
                directory.next(term).without(name),
                unit -> new Fact.Removed(unit, name),
                new Deleted(delete.region()),
                out);
    }
}
