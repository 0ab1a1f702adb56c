package cairn.part.pmu;

import cairn.model.Boot;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.pmu.PmuMessage.Carrier;
import cairn.part.pmu.PmuMessage.Connect;
import cairn.part.pmu.PmuMessage.Connected;
import cairn.part.pmu.PmuMessage.Manage;
import cairn.part.pmu.PmuMessage.Managed;
import cairn.part.pmu.PmuMessage.ManagerAlive;
import cairn.part.pmu.PmuMessage.Order;
import cairn.part.pmu.PmuMessage.Outranked;
import cairn.part.pmu.PmuMessage.Petition;
import cairn.part.pmu.PmuMessage.Program;
import cairn.part.pmu.PmuMessage.Reply;
import cairn.part.pmu.PmuMessage.Report;

/**
 * The persistent-memory manager, one of a pair. The active one is the one whose term all units have
 * accepted; it does what clients ask ({@link Petitions}). The other takes over when it falls silent
 * (PMU-18).
 */
final class Manager<M extends Message> implements Node<M> {

    private static final long BEAT = 1;
    private static final long SUSPECT = 2;

    private final Pmu<M> pmu;
    private final NodeId self;
    private final int rank;
    private final Round<M> round;
    private final Petitions<M> petitions;
    private Standing standing = Standing.STANDBY;
    private long term;
    private long highestTerm;
    private Directory found = Directory.BLANK;

    private enum Standing {
        STANDBY,
        CLAIMING,
        ACTIVE
    }

    Manager(Pmu<M> pmu, NodeId self) {
        this.pmu = pmu;
        this.self = self;
        this.rank = pmu.managers().indexOf(self);
        this.round = new Round<>(pmu);
        this.petitions = new Petitions<>(pmu, round);
    }

    @Override
    public void boot(Boot boot, Outbox<M> out) {
        if (rank == 0 && boot.incarnation() == 0) {
            claimTerm(out);
        } else {
            watch(out);
        }
    }

    @Override
    public void on(Event<M> event, Outbox<M> out) {
        switch (event) {
            case Event.Delivered(NodeId origin, Carrier carrier) ->
                    told(origin, carrier.carried(), out);
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

    private void told(NodeId origin, PmuMessage message, Outbox<M> out) {
        switch (message) {
            case Report report when standing != Standing.STANDBY -> report(origin, report, out);
            case Petition petition when standing != Standing.STANDBY -> {
                // PMU-10: access information goes to clients that prove to be such.
                if (Pmu.isProven(origin, petition.credential(), pmu.clients())) {
                    petitions.ask(origin, petition, standing == Standing.ACTIVE, out);
                }
            }
            case Report _, Petition _ -> {
                // The active one is told, or asked, again.
            }
            case ManagerAlive(long aliveTerm) -> {
                if (aliveTerm >= highestTerm) {
                    highestTerm = aliveTerm;
                    watch(out);
                }
            }
            case Order _, Reply _, Connect _, Connected _ ->
                    throw new IllegalStateException("not for a manager: " + message);
        }
    }

    private void watch(Outbox<M> out) {
        standing = Standing.STANDBY;
        round.stop();
        petitions.clear();
        out.disarm(BEAT);
        out.arm(SUSPECT, out.detectionNanos(pmu.settings().suspectAfterNanos()) * (1 + rank));
    }

    /** PMU-18: asks all units to obey a term that only this one of the pair can have. */
    private void claimTerm(Outbox<M> out) {
        standing = Standing.CLAIMING;
        term = highestTerm + 1 + (highestTerm + 1 + rank) % 2;
        highestTerm = term;
        found = Directory.BLANK;
        round.begin(manage(), (_, o) -> claimed(o), out);
        out.arm(BEAT, pmu.settings().heartbeatNanos());
    }

    private Manage manage() {
        return new Manage(term, Pmu.credential(self));
    }

    private void claimed(Outbox<M> out) {
        standing = Standing.ACTIVE;
        showLife(out);
        pmu.units().forEach(unit -> out.claim(new Fact.Managing(unit, term)));
        petitions.begin(term, found, out);
    }

    private void showLife(Outbox<M> out) {
        pmu.send(pmu.managers().get(1 - rank), new ManagerAlive(term), out);
    }

    private void beat(Outbox<M> out) {
        out.arm(BEAT, pmu.settings().heartbeatNanos());
        if (standing == Standing.ACTIVE) {
            showLife(out);
            pmu.units().forEach(unit -> pmu.send(unit, manage(), out));
        }
        round.ask(out);
    }

    private void report(NodeId unit, Report report, Outbox<M> out) {
        if (report instanceof Outranked(long higher) && higher > term) {
            highestTerm = Math.max(highestTerm, higher);
            watch(out);
            return;
        }
        if (report instanceof Managed(long managedTerm, Directory itsOwn) && managedTerm == term) {
            managed(unit, itsOwn, out);
        }
        if (round.isRefused(unit, report, out)) {
            petitions.refused(out);
        }
    }

    private void managed(NodeId unit, Directory itsOwn, Outbox<M> out) {
        if (standing == Standing.CLAIMING) {
            if (itsOwn.generation() > found.generation()) {
                found = itsOwn;
            }
        } else if (itsOwn.generation() < petitions.directory().generation()) {
            // PMU-20: a blank unit in the place of one that was lost.
            pmu.send(unit, new Program(term, petitions.directory()), out);
        }
    }

    @Override
    public String waitsFor() {
        if (round.isOpen()) {
            return round.waitsFor();
        }
        return standing == Standing.STANDBY
                ? "the active manager to fall silent"
                : "requests of clients";
    }
}
