package cairn.protocol.logging;

import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.model.computation.Step;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.DiskLog;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.HeldOutputs;
import cairn.part.dependency.KnownLogs;
import cairn.part.dependency.Past;
import cairn.part.dependency.Receipts;
import cairn.part.dependency.SenderLog;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Durable;
import cairn.protocol.logging.LoggingMessage.OfScheme;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Pessimistic receiver-based and optimistic logging: messages are written to the receiver's disk in
 * the order of their arrival, which decides what the rank receives. Pessimistic, the rank sees a
 * message when it is written; optimistic, at once, and whatever depends on it says so.
 */
final class DiskScheme implements Scheme {

    private static final long FLUSH = Worker.FIRST_OF_SCHEME + DiskLog.TOKENS;
    private static final long ARRIVAL = 1;
    private static final long BIRTH = 2;

    /** After so many ticks the others are told what is durable even if that is nothing new. */
    private static final int REMIND = 8;

    private final LoggingSettings settings;
    private final Site site;
    private final Rules rules;
    private final boolean optimistic;
    private final DiskLog log;

    /** All arrivals since the checkpoint. */
    private final List<Entry> history = new ArrayList<>();

    /** Those that the rank may receive. */
    private final List<Entry> visible = new ArrayList<>();

    /** Those that are on their way to the disk. */
    private final Deque<Entry> unlogged = new ArrayDeque<>();

    private final KnownLogs peers;
    private final Receipts receipts = new Receipts();
    private final long[] logged;
    private Past past = Past.NONE;
    private DependencyVector vector;
    private DependencyVector vectorAtCut;
    private long position;
    private long positionAtCut;
    private long durable;
    private long told;
    private long ticks;
    private long newest;
    private long replayedUpTo;
    private long birth;
    private long segmentAtCut;
    private boolean flushArmed;
    private boolean reading;

    /**
     * A message that arrived.
     *
     * @param record its place among the records of the log
     */
    private record Entry(long position, Parcel parcel, DependencyVector vector, long record) {}

    DiskScheme(LoggingSettings settings, Site site, Rules rules) {
        this.settings = settings;
        this.site = site;
        this.rules = rules;
        this.optimistic = settings.family() == Family.OPTIMISTIC;
        this.log = new DiskLog(Worker.FIRST_OF_SCHEME, settings.retryNanos());
        this.vector = DependencyVector.zero(site.ranks());
        this.vectorAtCut = vector;
        this.peers = new KnownLogs(site.ranks());
        this.logged = new long[site.ranks()];
    }

    // ---- checkpoints

    @Override
    public void save(ByteWriter state) {
        state.number(position);
        vector.save(state);
        past.save(state);
        state.number(newest);
        List<Entry> waiting = new ArrayList<>(visible);
        if (waitsForLog()) {
            waiting.addAll(unlogged);
        }
        state.number(waiting.size());
        for (Entry entry : waiting) {
            write(entry, state);
        }
    }

    private void write(Entry entry, ByteWriter to) {
        to.number(entry.position).parcel(entry.parcel);
        if (optimistic) {
            entry.vector.save(to);
        }
    }

    private Entry read(ByteReader from) {
        long at = from.number();
        Parcel parcel = from.parcel();
        return new Entry(
                at, parcel, optimistic ? DependencyVector.restore(site.ranks(), from) : vector, 0);
    }

    @Override
    public void restore(long received, ByteReader state) {
        forget();
        position = state.number();
        vector = DependencyVector.restore(site.ranks(), state);
        Past then = Past.restore(state);
        past = past.ends().size() > then.ends().size() ? past : then;
        newest = state.number();
        for (int left = state.count(); left > 0; left--) {
            visible.add(read(state));
        }
        receipts.restart(received);
        durable = position;
        Arrays.setAll(logged, site::arrived);
    }

    @Override
    public void begin() {
        forget();
        position = 0;
        vector = DependencyVector.zero(site.ranks());
        newest = 0;
        durable = 0;
        receipts.restart(0);
        Arrays.fill(logged, 0);
    }

    private void forget() {
        history.clear();
        visible.clear();
        unlogged.clear();
    }

    @Override
    public void cut() {
        vectorAtCut = optimistic ? ofAllThatArrived() : vector;
        positionAtCut = position;
        segmentAtCut = log.beginSegment();
    }

    /** What the rank depends on when it will have received everything. */
    private DependencyVector ofAllThatArrived() {
        return visible.stream().map(Entry::vector).reduce(vector, DependencyVector::merged);
    }

    /** A checkpoint that another rank's failure would undo is none. */
    @Override
    public boolean isCutSafe() {
        return !optimistic || peers.areStable(vectorAtCut, site.self());
    }

    @Override
    public void saved(long received, Outbox<LoggingMessage> out) {
        history.removeIf(entry -> entry.position <= positionAtCut);
        receipts.forget(received);
        log.deleteBefore(segmentAtCut, out);
    }

    // ---- recovery

    @Override
    public void recover(Outbox<LoggingMessage> out) {
        if (site.life(site.self()) == 0) {
            begins(out);
        } else {
            reading = true;
            log.read(out);
        }
    }

    private void begins(Outbox<LoggingMessage> out) {
        site.remembers();
        site.announce(out);
        site.ready(out);
    }

    private void replay(Outbox<LoggingMessage> out) {
        reading = false;
        List<Entry> after = new ArrayList<>();
        for (byte[] record : log.takeRecords()) {
            var reader = new ByteReader(record);
            if (reader.number() == ARRIVAL) {
                Entry entry = read(reader);
                if (entry.position > position + after.size()) {
                    after.add(entry);
                }
            } else {
                var end = new Past.End(reader.number(), reader.number());
                past = past.with(end);
                after.removeIf(entry -> entry.position > end.position());
            }
        }
        after.forEach(this::arriveAgain);
        durable = position;
        if (!rules.keepsReplayedLog()) {
            log.deleteBefore(Long.MAX_VALUE, out);
        }
        site.remembers();
        beginLife(out);
    }

    private void arriveAgain(Entry entry) {
        position = entry.position;
        history.add(entry);
        visible.add(entry);
        site.arrivedAgain(entry.parcel);
        logged[entry.parcel.from()] = entry.parcel.number();
        replayedUpTo = position;
    }

    /** That a life begins here, and after which position, is stable before anybody hears of it. */
    private void beginLife(Outbox<LoggingMessage> out) {
        if (!optimistic) {
            begins(out);
            return;
        }
        var end = new Past.End(site.life(site.self()) - 1, position);
        past = past.with(end);
        peers.learn(site.self(), past);
        birth =
                log.append(
                        new ByteWriter()
                                .number(BIRTH)
                                .number(end.life())
                                .number(end.position())
                                .toBytes());
        log.flush(out);
    }

    @Override
    public Past past() {
        return past;
    }

    @Override
    public boolean learn(int rank, Past ofRank, boolean isNew, Outbox<LoggingMessage> out) {
        if (!isNew || !optimistic || !rules.rollsBackOrphans()) {
            return false;
        }
        peers.learn(rank, ofRank);
        for (Entry entry : history) {
            if (peers.isLost(entry.vector)) {
                rollBack(entry.position - 1, out);
                return true;
            }
        }
        return false;
    }

    /** Gives up all that arrived after a position. */
    private void rollBack(long to, Outbox<LoggingMessage> out) {
        List<Entry> kept = history.stream().filter(entry -> entry.position <= to).toList();
        List<Entry> onTheirWay = unlogged.stream().filter(entry -> entry.position <= to).toList();
        long stable = Math.min(durable, to);
        out.claim(new Fact.Logged(site.self(), receipts.upTo(stable)));
        site.goBack(out);
        kept.forEach(this::arriveAgain);
        unlogged.addAll(onTheirWay);
        durable = Math.max(durable, stable);
        receipts.claimed(0);
        beginLife(out);
    }

    @Override
    public boolean isReplaying() {
        return replayedUpTo > 0
                && !visible.isEmpty()
                && visible.getFirst().position <= replayedUpTo;
    }

    // ---- messages

    @Override
    public boolean accepts(Baggage baggage) {
        if (!(baggage instanceof Baggage.Dependencies(DependencyVector of))
                || !rules.rollsBackOrphans()) {
            return true;
        }
        for (int rank = 0; rank < site.ranks(); rank++) {
            if (of.life(rank) > site.life(rank)) {
                // What its earlier lives lost is not known here yet.
                return false;
            }
        }
        return !peers.isLost(of);
    }

    private boolean waitsForLog() {
        return !optimistic && rules.waitsForLog();
    }

    @Override
    public void arrived(Parcel parcel, Baggage baggage, Outbox<LoggingMessage> out) {
        DependencyVector of = vector;
        if (baggage instanceof Baggage.Dependencies(DependencyVector given)) {
            of = given;
        } else if (optimistic) {
            // An input. If what arrived before it is lost, so is all behind that in the log; and
            // this, unlike a message, will not come again.
            of = ofAllThatArrived();
        }
        position++;
        var record = new ByteWriter().number(ARRIVAL);
        write(new Entry(position, parcel, of, 0), record);
        Entry entry = new Entry(position, parcel, of, log.append(record.toBytes()));
        unlogged.add(entry);
        if (optimistic) {
            history.add(entry);
        }
        if (waitsForLog()) {
            log.flush(out);
        } else {
            visible.add(entry);
            flushLater(out);
        }
    }

    private void flushLater(Outbox<LoggingMessage> out) {
        if (!flushArmed) {
            flushArmed = true;
            out.arm(FLUSH, settings.flushEveryNanos());
        }
    }

    @Override
    public @Nullable Parcel take(int from, long receipt, Outbox<LoggingMessage> out) {
        for (int i = 0; i < visible.size(); i++) {
            Entry entry = visible.get(i);
            if (isFrom(from, entry.parcel)) {
                visible.remove(i);
                received(entry, out);
                return entry.parcel;
            }
        }
        replayedUpTo = 0;
        return null;
    }

    /** An input is not from any rank: it is asked for. */
    private boolean isFrom(int wanted, Parcel parcel) {
        return wanted == parcel.from()
                || (wanted == Step.Receive.ANY && parcel.from() != site.self());
    }

    private void received(Entry entry, Outbox<LoggingMessage> out) {
        newest = Math.max(newest, entry.position);
        receipts.add(newest);
        if (optimistic) {
            // What arrived before and still waits is before this in the log: lost, it takes this
            // and whoever depends on it along.
            for (Entry waiting : visible) {
                if (waiting.position < newest) {
                    vector = vector.merged(waiting.vector);
                }
            }
            vector = vector.merged(entry.vector).with(site.self(), site.life(site.self()), newest);
        }
        claimLogged(out);
    }

    private void claimLogged(Outbox<LoggingMessage> out) {
        if (isReplaying()) {
            // That it was logged was claimed when it was.
            return;
        }
        long upTo = receipts.upTo(waitsForLog() || optimistic ? durable : position);
        if (upTo > receipts.claimed()) {
            receipts.claimed(upTo);
            out.claim(new Fact.Logged(site.self(), upTo));
        }
    }

    @Override
    public long arrived(int from) {
        return waitsForLog() ? logged[from] : site.arrived(from);
    }

    @Override
    public boolean isStableOnArrival() {
        return !optimistic;
    }

    @Override
    public boolean isLogging() {
        return waitsForLog() && !unlogged.isEmpty();
    }

    @Override
    public DependencyVector vector() {
        return vector;
    }

    @Override
    public Baggage baggage(int to, SenderLog.Copy copy, boolean isFirst) {
        return optimistic ? new Baggage.Dependencies(copy.vector()) : new Baggage.None();
    }

    @Override
    public void on(int from, OfScheme message, Outbox<LoggingMessage> out) {
        switch (message) {
            case Durable(long _, long upTo) -> {
                peers.durable(from, upTo);
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
        DependencyVector of = output.vector();
        return !optimistic
                || (of.position(site.self()) <= durable && peers.areStable(of, site.self()));
    }

    @Override
    public void commit(HeldOutputs outputs, Outbox<LoggingMessage> out) {
        if (optimistic && !outputs.isEmpty() && !unlogged.isEmpty()) {
            flushLater(out);
        }
    }

    // ---- time and disk

    @Override
    public void tick(Outbox<LoggingMessage> out) {
        ticks++;
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
        return log.owns(tokenOrTimer) || tokenOrTimer == FLUSH;
    }

    @Override
    public void fired(long timer, Outbox<LoggingMessage> out) {
        if (timer == FLUSH) {
            flushArmed = false;
            log.flush(out);
        } else {
            log.fired(out);
        }
    }

    @Override
    public void on(Event.OfDisk<LoggingMessage> event, Outbox<LoggingMessage> out) {
        switch (log.on(event, out)) {
            case READ -> replay(out);
            case WRITTEN -> written(out);
            case BROKEN -> out.halt("its disk failed");
            case UNDER_WAY -> {
                // The disk is asked for the next step.
            }
        }
    }

    private void written(Outbox<LoggingMessage> out) {
        SortedSet<Integer> senders = new TreeSet<>();
        while (!unlogged.isEmpty() && unlogged.getFirst().record <= log.durable()) {
            Entry entry = unlogged.removeFirst();
            durable = entry.position;
            logged[entry.parcel.from()] = entry.parcel.number();
            senders.add(entry.parcel.from());
            if (waitsForLog()) {
                visible.add(entry);
            }
        }
        if (waitsForLog()) {
            log.flush(out);
            senders.remove(site.self());
            senders.forEach(sender -> site.acknowledge(sender, out));
        } else if (!unlogged.isEmpty()) {
            flushLater(out);
        }
        claimLogged(out);
        if (birth > log.durable()) {
            log.flush(out);
        } else if (birth > 0) {
            birth = 0;
            site.announce(out);
            site.ready(out);
        }
        site.goOn(out);
    }

    @Override
    public String toString() {
        return reading || isLogging() ? log.toString() : "its log is idle";
    }
}
