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
import cairn.part.dependency.Past;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The messages that arrived at a rank, in the order of their arrival, and how far they are on its
 * disk. The rank receives those that are visible: all, or those that are durable.
 */
final class ArrivalLog {

    private static final long FLUSH = Worker.FIRST_OF_SCHEME + DiskLog.TOKENS;
    private static final long ARRIVAL = 1;
    private static final long BIRTH = 2;

    private final LoggingSettings settings;
    private final Site site;
    private final boolean optimistic;
    private final boolean hidesUnlogged;
    private final DiskLog log;

    /** All arrivals since the checkpoint. */
    private final List<Entry> history = new ArrayList<>();

    /** Those that the rank may receive. */
    private final List<Entry> visible = new ArrayList<>();

    /** Those that are on their way to the disk. */
    private final Deque<Entry> unlogged = new ArrayDeque<>();

    private final long[] logged;
    private long position;
    private long positionAtCut;
    private long segmentAtCut;
    private long durable;
    private long replayedUpTo;
    private boolean flushArmed;
    private boolean reading;

    /**
     * A message that arrived.
     *
     * @param record its place among the records of the log
     */
    record Entry(long position, Parcel parcel, DependencyVector vector, long record) {}

    ArrivalLog(LoggingSettings settings, Site site, boolean hidesUnlogged) {
        this.settings = settings;
        this.site = site;
        this.optimistic = settings.family() == Family.OPTIMISTIC;
        this.hidesUnlogged = hidesUnlogged;
        this.log = new DiskLog(Worker.FIRST_OF_SCHEME, settings.retryNanos());
        this.logged = new long[site.ranks()];
    }

    // ---- positions

    /** Of the last arrival. */
    long position() {
        return position;
    }

    /** Up to and with which position all is on the disk. */
    long durable() {
        return durable;
    }

    /** Up to which number the messages of a sender are on the disk. */
    long logged(int from) {
        return logged[from];
    }

    boolean isLogging() {
        return !unlogged.isEmpty();
    }

    /** What has arrived and may be received, in order. */
    List<Entry> visible() {
        return visible;
    }

    /** All since the checkpoint. */
    List<Entry> history() {
        return history;
    }

    // ---- arrivals

    void add(Parcel parcel, DependencyVector vector, Outbox<LoggingMessage> out) {
        position++;
        var record = new ByteWriter().number(ARRIVAL);
        write(new Entry(position, parcel, vector, 0), record);
        Entry entry = new Entry(position, parcel, vector, log.append(record.toBytes()));
        unlogged.add(entry);
        if (optimistic) {
            history.add(entry);
        }
        if (hidesUnlogged) {
            log.flush(out);
        } else {
            visible.add(entry);
            flushLater(out);
        }
    }

    /** Removes and returns the next that the rank may receive; {@code null} if there is none. */
    @Nullable Entry take(int from) {
        for (int i = 0; i < visible.size(); i++) {
            if (isFrom(from, visible.get(i).parcel)) {
                return visible.remove(i);
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

    // ---- checkpoints

    void cut() {
        positionAtCut = position;
        segmentAtCut = log.beginSegment();
    }

    /** What is before the cut is in a durable checkpoint. */
    void saved(boolean cutsLog, Outbox<LoggingMessage> out) {
        history.removeIf(entry -> entry.position <= positionAtCut);
        if (cutsLog) {
            log.deleteBefore(segmentAtCut, out);
        }
        out.claim(new Fact.Retained(site.self(), Logging.LOG_FILES, log.files()));
    }

    /** What has arrived and was not received. */
    void save(ByteWriter state) {
        List<Entry> waiting = new ArrayList<>(visible);
        if (hidesUnlogged) {
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
        DependencyVector vector =
                optimistic
                        ? DependencyVector.restore(site.ranks(), from)
                        : DependencyVector.zero(site.ranks());
        return new Entry(at, parcel, vector, 0);
    }

    void restore(long at, ByteReader state) {
        begin(at);
        for (int left = state.count(); left > 0; left--) {
            visible.add(read(state));
        }
        Arrays.setAll(logged, site::arrived);
    }

    /** Nothing waits, after so many arrivals. */
    void begin(long at) {
        history.clear();
        visible.clear();
        unlogged.clear();
        position = at;
        durable = at;
        Arrays.fill(logged, 0);
    }

    // ---- recovery

    void read(Outbox<LoggingMessage> out) {
        reading = true;
        log.read(out);
    }

    /** Takes up what was read from the disk; returns the past, with the lives that ended in it. */
    Past replay(Past before) {
        reading = false;
        Past past = before;
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
        return past;
    }

    private void arriveAgain(Entry entry) {
        position = entry.position;
        history.add(entry);
        visible.add(entry);
        site.arrivedAgain(entry.parcel);
        logged[entry.parcel.from()] = entry.parcel.number();
        replayedUpTo = position;
    }

    /** Whether what is next was received in an earlier life. */
    boolean isReplaying() {
        return replayedUpTo > 0
                && !visible.isEmpty()
                && visible.getFirst().position <= replayedUpTo;
    }

    /**
     * Gives up all that arrived after a position.
     *
     * @param restore brings the rank back to its checkpoint
     */
    void rollBack(long to, Runnable restore) {
        List<Entry> kept = history.stream().filter(entry -> entry.position <= to).toList();
        List<Entry> onTheirWay = unlogged.stream().filter(entry -> entry.position <= to).toList();
        long stable = Math.min(durable, to);
        restore.run();
        kept.forEach(this::arriveAgain);
        unlogged.addAll(onTheirWay);
        durable = Math.max(durable, stable);
    }

    void forget(Outbox<LoggingMessage> out) {
        log.deleteBefore(Long.MAX_VALUE, out);
    }

    // ---- disk

    /** Brings to the disk that a life has ended; returns the number of the record. */
    long bury(Past.End life, Outbox<LoggingMessage> out) {
        var record = new ByteWriter().number(BIRTH).number(life.life()).number(life.position());
        long number = log.append(record.toBytes());
        log.flush(out);
        return number;
    }

    /** How many records are on the disk. */
    long durableRecords() {
        return log.durable();
    }

    void flush(Outbox<LoggingMessage> out) {
        log.flush(out);
    }

    void flushLater(Outbox<LoggingMessage> out) {
        if (!flushArmed) {
            flushArmed = true;
            out.arm(FLUSH, settings.flushEveryNanos());
        }
    }

    boolean owns(long tokenOrTimer) {
        return log.owns(tokenOrTimer) || tokenOrTimer == FLUSH;
    }

    void fired(long timer, Outbox<LoggingMessage> out) {
        if (timer == FLUSH) {
            flushArmed = false;
            log.flush(out);
        } else {
            log.fired(out);
        }
    }

    DiskLog.Progress on(Event.OfDisk<LoggingMessage> event, Outbox<LoggingMessage> out) {
        return log.on(event, out);
    }

    /** More is on the disk; returns whose messages. */
    SortedSet<Integer> written() {
        SortedSet<Integer> senders = new TreeSet<>();
        while (!unlogged.isEmpty() && unlogged.getFirst().record <= log.durable()) {
            Entry entry = unlogged.removeFirst();
            durable = entry.position;
            logged[entry.parcel.from()] = entry.parcel.number();
            senders.add(entry.parcel.from());
            if (hidesUnlogged) {
                visible.add(entry);
            }
        }
        return senders;
    }

    @Override
    public String toString() {
        return reading || (hidesUnlogged && isLogging()) ? log.toString() : "its log is idle";
    }
}
