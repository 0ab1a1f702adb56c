package cairn.protocol.migration;

import cairn.model.Activity;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.computation.Host;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.Channels;
import cairn.part.Channels.Frame;
import cairn.part.Inbox;
import cairn.part.transfer.Arrival;
import cairn.part.transfer.Departure;
import cairn.part.transfer.Transfer;
import cairn.protocol.migration.MigrationMessage.Arrived;
import cairn.protocol.migration.MigrationMessage.Carried;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A rank as a process at one node: its channels, and what it has not received yet. */
final class Execution
        implements Host<MigrationMessage>, Transfer.Traveller<Processor, MigrationMessage> {

    private final Rank rank;
    private final CpuCosts costs;
    private final Rules rules;
    private final Routes routes;
    private final Channels<Parcel> channels;
    private final Inbox inbox = new Inbox();
    private final List<Frame<Parcel>> deferred = new ArrayList<>();
    private @Nullable Departure<Processor, MigrationMessage> departure;
    private @Nullable Arrival<Processor, MigrationMessage> arrival;
    private boolean isStalled;

    /** A rank that does not run, in an era whose homes are known. */
    Execution(Rank rank, int ranks, long era, Routes routes, CpuCosts costs, Rules rules) {
        this.rank = rank;
        this.costs = costs;
        this.rules = rules;
        this.routes = routes;
        this.channels = new Channels<>(ranks);
        channels.begin(era);
    }

    int rank() {
        return rank.index();
    }

    @Override
    public int headPages() {
        return rank.headPages();
    }

    // ---- beginning and ending

    void end(Outbox<MigrationMessage> out) {
        rank.stop(out);
        rank.reset();
    }

    /** Begins anew. */
    void begin(Outbox<MigrationMessage> out) {
        out.memory().clear();
        rank.initialise(out.memory());
        out.claim(new Fact.Resumed(rank.index(), Epoch.ZERO));
        goOn(out);
    }

    private void goOn(Outbox<MigrationMessage> out) {
        out.claim(new Fact.Doing(rank.index(), Activity.USEFUL));
        rank.start(this, out);
    }

    boolean isStopped() {
        return rank.isStopped();
    }

    boolean isFinished() {
        return rank.isFinished();
    }

    // ---- leaving

    void leave(Departure<Processor, MigrationMessage> next) {
        departure = next;
    }

    /** Stands still: what arrives from now on is not part of what moves. */
    @Override
    public void stop(Outbox<MigrationMessage> out) {
        rank.stop(out);
        out.memory().unprotect(0, out.memory().pageCount() - 1);
        out.claim(new Fact.Doing(rank.index(), Activity.CHECKPOINT_PAUSE));
        out.claim(new Fact.Cut(rank.index(), epoch()));
    }

    /** The checkpoint that moves is numbered as the move is. */
    private Epoch epoch() {
        Departure<Processor, MigrationMessage> own = departure;
        if (own == null) {
            throw new IllegalStateException("rank " + rank.index() + " does not leave");
        }
        return new Epoch(own.number());
    }

    @Override
    public Processor processor() {
        return new Processor(
                rank.index(),
                rank.unfinishedWork(),
                channels.state(),
                rules.carriesInbox() ? inbox.content() : List.of());
    }

    /** The move is given up, so the process goes on here. */
    void stay(Outbox<MigrationMessage> out) {
        departure = null;
        if (rank.isStopped()) {
            List<Frame<Parcel>> waiting = List.copyOf(deferred);
            deferred.clear();
            waiting.forEach(frame -> accept(frame, out));
            goOn(out);
        } else {
            out.memory().unprotect(0, out.memory().pageCount() - 1);
        }
    }

    /** The process is another node's: what came for it meanwhile follows it. */
    void follow(Outbox<MigrationMessage> out) {
        deferred.forEach(frame -> out.send(routes.home(rank.index()), new Carried(frame)));
        deferred.clear();
    }

    // ---- arriving

    /** Goes on where it was at the cut; pages may be still to come. */
    void resume(
            Processor from,
            Arrival<Processor, MigrationMessage> own,
            Outbox<MigrationMessage> out) {
        rank.resumeWork(from.unfinishedWork());
        channels.resume(channels.era(), from.channels());
        inbox.add(from.inbox());
        arrival = own;
        Epoch cut = new Epoch(own.number());
        out.claim(
                own.isWhole()
                        ? new Fact.Resumed(rank.index(), cut)
                        : new Fact.Moved(rank.index(), cut));
        // At once: a rank that moves more often than it repeats itself would never do so (DJ-10).
        channels.tick(wire(out));
        goOn(out);
    }

    /** Pages have arrived. */
    void pagesArrived(Outbox<MigrationMessage> out) {
        if (isStalled && arrival != null && !arrival.isWaiting()) {
            isStalled = false;
            out.claim(new Fact.Doing(rank.index(), Activity.USEFUL));
        }
        rank.run(this, out);
    }

    /** Nothing of it is anywhere else. */
    void arrivedWhole() {
        arrival = null;
    }

    @Override
    public boolean isWhole() {
        return arrival == null || arrival.isWhole();
    }

    @Override
    public boolean hasArrived(int page) {
        return arrival == null || arrival.hasArrived(page);
    }

    @Override
    public void fetch(int page, Outbox<MigrationMessage> out) {
        if (arrival == null) {
            throw new IllegalStateException("page " + page + " is absent, and nobody knows why");
        }
        if (!isStalled) {
            isStalled = true;
            out.claim(new Fact.Doing(rank.index(), Activity.FAULT_STALL));
            out.spend(costs.faultNanos());
        }
        arrival.fetch(page, out);
    }

    @Override
    public @Nullable Parcel peek(int from) {
        return inbox.peek(from);
    }

    // ---- messages

    void carried(Frame<Parcel> frame, Outbox<MigrationMessage> out) {
        if (departure != null && departure.hasStopped()) {
            deferred.add(frame);
        } else {
            accept(frame, out);
            rank.run(this, out);
        }
    }

    private void accept(Frame<Parcel> frame, Outbox<MigrationMessage> out) {
        inbox.add(channels.receive(frame.payload().from(), frame, wire(out)));
    }

    void arrived(int peer, long era, long upTo, Outbox<MigrationMessage> out) {
        // What is on its way with the process is acknowledged there.
        if (departure == null || !departure.hasStopped()) {
            channels.acknowledged(peer, era, upTo, wire(out));
        }
    }

    void tick(Outbox<MigrationMessage> out) {
        if (departure == null || !departure.hasStopped()) {
            channels.tick(wire(out));
        }
    }

    private Channels.Wire<Parcel> wire(Outbox<MigrationMessage> out) {
        return new Channels.Wire<>() {
            @Override
            public void transmit(int peer, Frame<Parcel> frame) {
                out.send(routes.home(peer), new Carried(frame));
            }

            @Override
            public void acknowledge(int peer, long era, long upTo) {
                out.send(routes.home(peer), new Arrived(era, rank.index(), peer, upTo));
            }
        };
    }

    // ---- what the rank asks for

    void computed(long token, Outbox<MigrationMessage> out) {
        if (rank.computed(token)) {
            rank.run(this, out);
        }
    }

    @Override
    public void send(Parcel parcel, Outbox<MigrationMessage> out) {
        out.spend(costs.messageNanos());
        channels.send(parcel.to(), parcel, wire(out));
    }

    @Override
    public @Nullable Parcel take(int from, Outbox<MigrationMessage> out) {
        return inbox.take(from);
    }

    /** Leaves at once, although it may be repeated: nothing is promised about outputs. */
    @Override
    public void output(long number, long value, Outbox<MigrationMessage> out) {
        out.claim(new Fact.Emitted(rank.index(), number, value));
    }

    @Override
    public boolean unprotect(int page, Outbox<MigrationMessage> out) {
        changes(page, out);
        out.spend(costs.faultNanos());
        return true;
    }

    @Override
    public boolean admitRemap(int page, Outbox<MigrationMessage> out) {
        if (rules.mindsRemaps()) {
            changes(page, out);
        }
        return true;
    }

    /** Pages are protected only while it leaves. */
    private void changes(int page, Outbox<MigrationMessage> out) {
        if (departure != null) {
            departure.changes(page, out.memory());
        }
    }

    String waitsFor() {
        return isStalled ? "pages of its own" : rank.waitsFor();
    }
}
