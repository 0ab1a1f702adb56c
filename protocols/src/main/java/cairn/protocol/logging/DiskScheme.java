package cairn.protocol.logging;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.HeldOutputs;
import cairn.part.dependency.Past;
import cairn.part.dependency.Receipts;
import cairn.part.dependency.SenderLog;
import cairn.protocol.logging.ArrivalLog.Entry;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Durable;
import cairn.protocol.logging.LoggingMessage.OfScheme;

import org.jspecify.annotations.Nullable;

import java.util.SortedSet;

/**
 * Pessimistic receiver-based and optimistic logging: messages are written to the receiver's disk in
 * the order of their arrival, which decides what the rank receives. Pessimistic, the rank sees a
 * message when it is written; optimistic, at once, and whatever depends on it says so.
 */
final class DiskScheme implements Scheme {

    /** After so many ticks the others are told what is durable even if that is nothing new. */
    private static final int REMIND = 8;

    private final Site site;
    private final Rules rules;
    private final boolean optimistic;
    private final boolean waitsForLog;
    private final ArrivalLog arrivals;
    private final DependencyTracking tracking;
    private final Receipts receipts = new Receipts();
    private long told;
    private long ticks;
    private long newest;

    /** The record that says that the present life began; zero when others may hear of it. */
    private long birth;

    DiskScheme(LoggingSettings settings, Site site, Rules rules) {
        this.site = site;
        this.rules = rules;
        this.optimistic = settings.family() == Family.OPTIMISTIC;
        this.waitsForLog = !optimistic && rules.waitsForLog();
        this.arrivals = new ArrivalLog(settings, site, waitsForLog);
        this.tracking = new DependencyTracking(site);
    }

    // ---- checkpoints

    @Override
    public void save(ByteWriter state) {
        state.number(arrivals.position());
        tracking.save(state);
        state.number(newest);
        arrivals.save(state);
    }

    @Override
    public void restore(long received, ByteReader state) {
        long position = state.number();
        tracking.restore(state);
        newest = state.number();
        arrivals.restore(position, state);
        receipts.restart(received);
    }

    @Override
    public void begin() {
        arrivals.begin(0);
        tracking.begin();
        newest = 0;
        receipts.restart(0);
    }

    @Override
    public void cut() {
        if (optimistic) {
            tracking.cut(arrivals.visible());
        }
        arrivals.cut();
    }

    @Override
    public boolean isCutSafe() {
        return !optimistic || tracking.isCutSafe();
    }

    @Override
    public void saved(long received, Outbox<LoggingMessage> out) {
        receipts.forget(received);
        arrivals.saved(rules.cutsLog(), out);
    }

    // ---- recovery

    @Override
    public void recover(Outbox<LoggingMessage> out) {
        if (site.life(site.self()) == 0) {
            begins(out);
        } else {
            arrivals.read(out);
        }
    }

    private void begins(Outbox<LoggingMessage> out) {
        site.remembers();
        site.announce(out);
        site.ready(out);
    }

    private void replay(Outbox<LoggingMessage> out) {
        tracking.replayed(arrivals.replay(tracking.past()));
        if (!rules.keepsReplayedLog()) {
            arrivals.forget(out);
        }
        site.remembers();
        beginLife(out);
    }

    /** That a life begins here, and after which position, is stable before anybody hears of it. */
    private void beginLife(Outbox<LoggingMessage> out) {
        if (!optimistic) {
            begins(out);
            return;
        }
        var end = new Past.End(site.life(site.self()) - 1, arrivals.position());
        tracking.ended(end);
        birth = arrivals.bury(end, out);
    }

    @Override
    public boolean isBorn() {
        return birth == 0;
    }

    @Override
    public Past past() {
        return tracking.past();
    }

    @Override
    public boolean learn(int rank, Past ofRank, boolean isNew, Outbox<LoggingMessage> out) {
        if (!isNew || !optimistic || !rules.rollsBackOrphans()) {
            return false;
        }
        tracking.learn(rank, ofRank);
        for (Entry entry : arrivals.history()) {
            if (tracking.isLost(entry.vector())) {
                rollBack(entry.position() - 1, out);
                return true;
            }
        }
        return false;
    }

    /** Gives up all that arrived after a position. */
    private void rollBack(long to, Outbox<LoggingMessage> out) {
        long stable = Math.min(arrivals.durable(), to);
        out.claim(new Fact.Logged(site.self(), receipts.upTo(stable)));
        arrivals.rollBack(to, () -> site.goBack(out));
        receipts.claimed(0);
        beginLife(out);
    }

    @Override
    public boolean isReplaying() {
        return arrivals.isReplaying();
    }

    // ---- messages

    @Override
    public boolean accepts(Baggage baggage) {
        return !(baggage instanceof Baggage.Dependencies(DependencyVector of))
                || !rules.rollsBackOrphans()
                || tracking.mayTake(of, arrivals.visible());
    }

    @Override
    public void arrived(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out) {
        DependencyVector of = tracking.vector();
        if (baggage instanceof Baggage.Dependencies(DependencyVector given)) {
            of = given;
        } else if (optimistic) {
            // An input. If what arrived before it is lost, so is all behind that in the log; and
            // this, unlike a message, will not come again.
            of = tracking.ofAll(arrivals.visible());
        }
        arrivals.add(parcel, of, out);
    }

    @Override
    public @Nullable Parcel take(int from, long receipt, Outbox<LoggingMessage> out) {
        Entry entry = arrivals.take(from);
        if (entry == null) {
            return null;
        }
        received(entry, out);
        return entry.parcel();
    }

    private void received(Entry entry, Outbox<LoggingMessage> out) {
        newest = Math.max(newest, entry.position());
        receipts.add(newest);
        if (optimistic) {
            tracking.received(entry, newest, arrivals.visible());
        }
        claimLogged(out);
    }

    private void claimLogged(Outbox<LoggingMessage> out) {
        if (isReplaying()) {
            // That it was logged was claimed when it was.
            return;
        }
        long upTo =
                receipts.upTo(waitsForLog || optimistic ? arrivals.durable() : arrivals.position());
        if (upTo > receipts.claimed()) {
            receipts.claimed(upTo);
            out.claim(new Fact.Logged(site.self(), upTo));
        }
    }

    @Override
    public long arrived(int from) {
        return waitsForLog ? arrivals.logged(from) : site.arrived(from);
    }

    @Override
    public boolean isStableOnArrival() {
        return !optimistic;
    }

    @Override
    public boolean isLogging() {
        return waitsForLog && arrivals.isLogging();
    }

    @Override
    public DependencyVector vector() {
        return tracking.vector();
    }

    @Override
    public Baggage baggage(int to, SenderLog.Copy copy, boolean isFirst) {
        return optimistic ? new Baggage.Dependencies(copy.vector()) : new Baggage.None();
    }

    @Override
    public void on(int from, OfScheme message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Durable(long _, long upTo) -> {
                tracking.durable(from, upTo);
                site.goOn(out);
            }
            case LoggingMessage.Keep _, LoggingMessage.Kept _ ->
                    throw new IllegalStateException(
                            "determinants stay with their rank: " + message);
        }
    }

    // ---- outputs

    @Override
    public boolean mayLeave(HeldOutputs.Output output) {
        return !optimistic || tracking.isStable(output.vector(), arrivals.durable());
    }

    @Override
    public void commit(HeldOutputs outputs, Outbox<LoggingMessage> out) {
        if (optimistic && !outputs.isEmpty() && arrivals.isLogging()) {
            arrivals.flushLater(out);
        }
    }

    // ---- time and disk

    @Override
    public void tick(Outbox<LoggingMessage> out) {
        ticks++;
        long durable = arrivals.durable();
        if (!optimistic || (durable == told && ticks % REMIND != 0)) {
            return;
        }
        told = durable;
        for (int rank = 0; rank < site.ranks(); rank++) {
            if (rank != site.self()) {
                site.send(rank, new Durable(site.life(site.self()), durable), out);
            }
        }
    }

    @Override
    public boolean owns(long tokenOrTimer) {
        return arrivals.owns(tokenOrTimer);
    }

    @Override
    public void fired(long timer, Outbox<LoggingMessage> out) {
        arrivals.fired(timer, out);
    }

    @Override
    public void on(Event.OfDisk<LoggingMessage> event, Outbox<LoggingMessage> out) {
        switch (arrivals.on(event, out)) {
            case READ -> replay(out);
            case WRITTEN -> written(out);
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
    }

    private void written(Outbox<LoggingMessage> out) {
        SortedSet<Integer> senders = arrivals.written();
        if (waitsForLog) {
            arrivals.flush(out);
            senders.remove(site.self());
            senders.forEach(sender -> site.acknowledge(sender, out));
        } else if (arrivals.isLogging()) {
            arrivals.flushLater(out);
        }
        claimLogged(out);
        if (birth > arrivals.durableRecords()) {
            arrivals.flush(out);
        } else if (birth > 0) {
            birth = 0;
            site.announce(out);
            site.ready(out);
        }
        site.goOn(out);
    }

    @Override
    public String toString() {
        return arrivals.toString();
    }
}
