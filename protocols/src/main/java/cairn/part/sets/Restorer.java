package cairn.part.sets;

import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.part.pmu.Link;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings the memory to the newest whole set of any unit, by remote reads alone (PMU-3). It reads
 * the commit rings in one request each, which gives a closed list of sets (PMU-7), then of that
 * chain only what it has not yet read (PMU-16), all of it at once; checks every checksum; and only
 * then touches the memory.
 */
public final class Restorer {

    private final SetStore store;
    private final List<CommitRing> rings;
    private final Set<Integer> settling = new TreeSet<>();
    private final Set<Integer> unreadRings = new TreeSet<>();
    private final long[] below;
    private Phase phase = Phase.IDLE;
    private boolean follows;
    private int unit;
    private @Nullable CommitRecord chosen;
    private ReadSets sets;
    private long cursor;
    private long cursorSequence = -1;

    private enum Phase {
        IDLE,
        READING_RINGS,
        READING_SETS,
        CHECKING_AGAIN
    }

    /** What a completed read has led to. */
    public enum Outcome {
        GOING_ON,
        /** The memory is at the newest set, or as it was if there is none newer. */
        AT_NEWEST,
        /** What was read was overwritten meanwhile; only while following. */
        OVERTAKEN
    }

    /**
     * What the units hold.
     *
     * @param record the set that was restored, or null
     * @param holders how many units have its record
     * @param newest the newest record of each unit that has one
     * @param needed the sets that a restore of any of them reads, oldest first
     * @param stale the epochs of older sets, which are given up
     * @param highestSequence the highest number of a record
     */
    public record Found(
            @Nullable CommitRecord record,
            int holders,
            List<CommitRecord> newest,
            List<CommitRecord> needed,
            List<Long> stale,
            long highestSequence) {}

    /** Reads the sets of a store. */
    public Restorer(SetStore store) {
        this.store = store;
        this.rings =
                new ArrayList<>(Collections.nCopies(store.settings().units(), CommitRing.EMPTY));
        this.below = new long[store.settings().units()];
        this.sets = new ReadSets(store, List.of());
    }

    /** Whether no reads are under way. */
    public boolean isIdle() {
        return phase == Phase.IDLE;
    }

    /** The epoch that the memory is at; zero for none. */
    public long epoch() {
        return cursor;
    }

    /** Begins to read: as a backup that follows, or for a take-over. */
    public void start(List<Link> links, boolean following) {
        follows = following;
        phase = Phase.READING_RINGS;
        chosen = null;
        Arrays.fill(below, Long.MAX_VALUE);
        settling.clear();
        for (int i = 0; i < links.size(); i++) {
            unreadRings.add(i);
            // A record is written when its data is durable, so the ring is all that has to be
            // settled.
            if (!following
                    && store.persistence().settle(store.layout().ringBytes(), links.get(i))) {
                settling.add(i);
            } else {
                readRing(links.get(i), i);
            }
        }
    }

    /** Forgets reads that are under way. */
    public void stop() {
        phase = Phase.IDLE;
    }

    private void readRing(Link link, int from) {
        link.read(0, 0, store.layout().ringBufferOffset(from), store.layout().ringBytes(), true);
    }

    private CommitRing ringIn(Memory buffers, int from) {
        byte[] bytes = new byte[store.layout().ringBytes()];
        buffers.read(store.layout().ringBufferOffset(from), bytes, 0, bytes.length);
        return CommitRing.of(bytes, store.layout().ringSlots());
    }

    /** The last read of a link's step has completed. */
    public Outcome completed(int link, List<Link> links, Outbox<?> out) {
        return switch (phase) {
            case IDLE -> Outcome.GOING_ON;
            case READING_RINGS -> {
                if (settling.remove(link)) {
                    readRing(links.get(link), link);
                    yield Outcome.GOING_ON;
                }
                rings.set(link, ringIn(out.buffers(), link));
                unreadRings.remove(link);
                yield unreadRings.isEmpty() ? readNewest(links) : Outcome.GOING_ON;
            }
            case READING_SETS -> {
                if (!sets.isWhole(out)) {
                    below[unit] = chosenEpoch();
                    yield follows ? stopAs(Outcome.OVERTAKEN) : readNewest(links);
                }
                if (follows) {
                    phase = Phase.CHECKING_AGAIN;
                    readRing(links.get(unit), unit);
                    yield Outcome.GOING_ON;
                }
                yield install(out);
            }
            case CHECKING_AGAIN -> {
                // PMU-7: a set that was given up while it was read may be a mixture.
                CommitRing now = ringIn(out.buffers(), unit);
                if (!sets.records().stream()
                        .allMatch(record -> store.rules().wasThere(record, now))) {
                    yield stopAs(Outcome.OVERTAKEN);
                }
                CommitRecord read = chosen;
                chosen = read == null ? null : store.rules().reached(read, now);
                yield install(out);
            }
        };
    }

    private Outcome stopAs(Outcome outcome) {
        phase = Phase.IDLE;
        return outcome;
    }

    private long chosenEpoch() {
        return chosen == null ? 0 : chosen.epoch();
    }

    /** PMU-20: any unit will do; the newest set of all that can still be read counts. */
    private Outcome readNewest(List<Link> links) {
        while (true) {
            chosen = null;
            for (int i = 0; i < rings.size(); i++) {
                CommitRecord candidate = rings.get(i).newestBefore(below[i]);
                if (candidate != null && candidate.epoch() > chosenEpoch()) {
                    chosen = candidate;
                    unit = i;
                }
            }
            CommitRecord candidate = chosen;
            if (candidate == null || candidate.epoch() <= cursor) {
                return stopAs(Outcome.AT_NEWEST);
            }
            List<CommitRecord> chain = rings.get(unit).chainOf(candidate);
            if (chain != null) {
                phase = Phase.READING_SETS;
                sets = new ReadSets(store, unread(chain));
                sets.read(links.get(unit));
                return Outcome.GOING_ON;
            }
            below[unit] = candidate.epoch();
        }
    }

    /** PMU-16: what was read before need not be read again. */
    private List<CommitRecord> unread(List<CommitRecord> chain) {
        for (int i = 0; i < chain.size(); i++) {
            CommitRecord record = chain.get(i);
            if (record.epoch() == cursor && record.sequence() == cursorSequence) {
                return chain.subList(i + 1, chain.size());
            }
        }
        return chain;
    }

    private Outcome install(Outbox<?> out) {
        sets.install(out);
        cursor = chosenEpoch();
        cursorSequence = chosen == null ? -1 : chosen.sequence();
        return stopAs(Outcome.AT_NEWEST);
    }

    // ---- what there is besides

    /** What the rings said at the last take-over's start. */
    public Found found() {
        CommitRecord restored = chosen;
        NavigableMap<Long, CommitRecord> all = CommitRing.union(rings);
        List<CommitRecord> newest = new ArrayList<>();
        for (CommitRing ring : rings) {
            CommitRecord record = ring.newest();
            if (record != null) {
                newest.add(record);
            }
        }
        if (restored != null && holders(restored) < store.holders()) {
            // The last one that was acknowledged is older.
            newest.addAll(lastAcknowledged(all.headMap(restored.epoch(), false)));
        }
        long needed = restored == null ? Long.MAX_VALUE : restored.needs();
        for (CommitRecord record : newest) {
            needed = Math.min(needed, record.needs());
        }
        return new Found(
                restored,
                restored == null ? 0 : holders(restored),
                newest,
                List.copyOf(all.tailMap(needed).values()),
                List.copyOf(all.headMap(needed).keySet()),
                rings.stream().mapToLong(CommitRing::highestSequence).max().orElse(0));
    }

    /** How many units have a record. */
    private int holders(CommitRecord record) {
        return (int) rings.stream().filter(ring -> ring.holds(record)).count();
    }

    /**
     * It is the newest that enough units hold, or, if one of them came as a blank, the newest of
     * all.
     */
    private List<CommitRecord> lastAcknowledged(NavigableMap<Long, CommitRecord> older) {
        List<CommitRecord> kept = new ArrayList<>();
        for (CommitRecord record : older.descendingMap().values()) {
            boolean isHeld = holders(record) >= store.holders();
            if (kept.isEmpty() || isHeld) {
                kept.add(record);
            }
            if (isHeld) {
                break;
            }
        }
        return kept;
    }
}
