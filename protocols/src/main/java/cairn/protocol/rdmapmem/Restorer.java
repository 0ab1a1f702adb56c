package cairn.protocol.rdmapmem;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.CpuCosts;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Brings the memory to the newest whole set of any unit, by remote reads alone (PMU-3). It reads
 * the commit rings in one request each, which gives a closed list of sets (PMU-7), then of that
 * chain only what it has not yet read (PMU-16), all of it at once; checks every checksum; and only
 * then touches the memory.
 */
final class Restorer {

    private final Layout layout;
    private final boolean images;
    private final CpuCosts costs;
    private final Rules rules;
    private final CommitRing[] rings;
    private final boolean[] ringRead;
    private final boolean[] settling;
    private final Persistence persistence;
    private final int unitsToAcknowledge;
    private final long[] below;
    private final List<CommitRecord> unread = new ArrayList<>();
    private final byte[] page = new byte[PAGE_BYTES];
    private Phase phase = Phase.IDLE;
    private boolean follows;
    private int unit;
    private @Nullable CommitRecord chosen;
    private long cursor;
    private long cursorSequence = -1;

    private enum Phase {
        IDLE,
        READING_RINGS,
        READING_SETS,
        CHECKING_AGAIN
    }

    /** What a completed read has led to. */
    enum Outcome {
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
    record Found(
            @Nullable CommitRecord record,
            int holders,
            List<CommitRecord> newest,
            List<CommitRecord> needed,
            List<Long> stale,
            long highestSequence) {}

    Restorer(RdmaPmemSettings settings, Layout layout, CpuCosts costs, Rules rules) {
        this.layout = layout;
        this.images = settings.mode() == StoreMode.OVERWRITE;
        this.costs = costs;
        this.rules = rules;
        this.rings = new CommitRing[settings.mirrors()];
        Arrays.fill(rings, CommitRing.of(new byte[0], 0, 0));
        this.ringRead = new boolean[settings.mirrors()];
        this.settling = new boolean[settings.mirrors()];
        this.persistence = rules.persistence(settings);
        this.unitsToAcknowledge = rules.unitsToAcknowledge(settings);
        this.below = new long[settings.mirrors()];
    }

    boolean isIdle() {
        return phase == Phase.IDLE;
    }

    /** The epoch that the memory is at; zero for none. */
    long epoch() {
        return cursor;
    }

    /** Whether the present reads are for a backup that follows; else they are for a take-over. */
    void start(List<Link> links, boolean following, Outbox<RdmaPmemMessage> out) {
        follows = following;
        phase = Phase.READING_RINGS;
        chosen = null;
        Arrays.fill(below, Long.MAX_VALUE);
        Arrays.fill(ringRead, false);
        for (int i = 0; i < links.size(); i++) {
            // A record is written when its data is durable, so the ring is all that has to be
            // settled.
            settling[i] = !following && persistence.settle(layout.ringBytes(), links.get(i), out);
            if (!settling[i]) {
                readRing(links.get(i), i, out);
            }
        }
    }

    /** Forgets reads that are under way. */
    void stop() {
        phase = Phase.IDLE;
    }

    private void readRing(Link link, int from, Outbox<RdmaPmemMessage> out) {
        link.read(0, 0, layout.ringBufferOffset(from), layout.ringBytes(), true, out);
    }

    private CommitRing ringIn(Memory buffers, int from) {
        byte[] bytes = new byte[layout.ringBytes()];
        buffers.read(layout.ringBufferOffset(from), bytes, 0, bytes.length);
        return CommitRing.of(bytes, 0, layout.ringSlots());
    }

    /** The last read of a link's step has completed. */
    Outcome completed(int link, List<Link> links, Outbox<RdmaPmemMessage> out) {
        return switch (phase) {
            case IDLE -> Outcome.GOING_ON;
            case READING_RINGS -> {
                if (settling[link]) {
                    settling[link] = false;
                    readRing(links.get(link), link, out);
                    yield Outcome.GOING_ON;
                }
                rings[link] = ringIn(out.buffers(), link);
                ringRead[link] = true;
                for (boolean read : ringRead) {
                    if (!read) {
                        yield Outcome.GOING_ON;
                    }
                }
                yield readNewest(links, out);
            }
            case READING_SETS -> {
                if (!isWhole(out)) {
                    below[unit] = chosenEpoch();
                    yield follows ? stopAs(Outcome.OVERTAKEN) : readNewest(links, out);
                }
                if (follows) {
                    phase = Phase.CHECKING_AGAIN;
                    readRing(links.get(unit), unit, out);
                    yield Outcome.GOING_ON;
                }
                yield install(out);
            }
            case CHECKING_AGAIN -> {
                // PMU-7: a set that was given up while it was read may be a mixture.
                CommitRing now = ringIn(out.buffers(), unit);
                for (CommitRecord record : unread) {
                    if (!rules.wasThere(record, now)) {
                        yield stopAs(Outcome.OVERTAKEN);
                    }
                }
                CommitRecord read = chosen;
                chosen = read == null ? null : rules.reached(read, now);
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
    private Outcome readNewest(List<Link> links, Outbox<RdmaPmemMessage> out) {
        while (true) {
            chosen = null;
            for (int i = 0; i < rings.length; i++) {
                CommitRecord candidate = rings[i].newestBefore(below[i]);
                if (candidate != null && candidate.epoch() > chosenEpoch()) {
                    chosen = candidate;
                    unit = i;
                }
            }
            CommitRecord candidate = chosen;
            if (candidate == null || candidate.epoch() <= cursor) {
                return stopAs(Outcome.AT_NEWEST);
            }
            List<CommitRecord> chain = rings[unit].chainOf(candidate);
            if (chain != null) {
                readUnread(chain, links.get(unit), out);
                return Outcome.GOING_ON;
            }
            below[unit] = candidate.epoch();
        }
    }

    /** PMU-16: what was read before need not be read again. */
    private void readUnread(List<CommitRecord> chain, Link link, Outbox<RdmaPmemMessage> out) {
        unread.clear();
        for (CommitRecord record : chain) {
            if (record.epoch() == cursor && record.sequence() == cursorSequence) {
                unread.clear();
            } else {
                unread.add(record);
            }
        }
        phase = Phase.READING_SETS;
        int reads = 0;
        for (CommitRecord record : unread) {
            for (int region = 0; region < layout.regions(); region++) {
                reads += record.length(region) > 0 ? 1 : 0;
            }
        }
        if (reads == 0) {
            // Sets without pages; one read keeps the order of things the same.
            link.readBehind(0, 0, true, out);
        }
        long into = layout.setBufferOffset();
        for (CommitRecord record : unread) {
            for (int region = 0; region < layout.regions(); region++) {
                int length = Math.toIntExact(record.length(region));
                if (length > 0) {
                    link.read(region, record.offset(region), into, length, --reads == 0, out);
                    into += length;
                }
            }
        }
    }

    // ---- what was read

    private boolean isWhole(Outbox<RdmaPmemMessage> out) {
        long bytes = 0;
        long at = layout.setBufferOffset();
        boolean whole = true;
        for (CommitRecord record : unread) {
            for (int region = 0; region < layout.regions(); region++) {
                long length = record.length(region);
                bytes += length;
                whole &= length == 0 || checksumOf(record, region, at, out.buffers());
                at += length;
            }
        }
        out.spend(costs.checksumNanos(bytes));
        return whole;
    }

    private boolean checksumOf(CommitRecord record, int region, long at, Memory buffers) {
        int pages = pagesIn(record, region, at, buffers);
        if (pages < 0) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < pages; i++) {
            int number = pageNumber(region, at, i, buffers);
            if (number < 0) {
                return false;
            }
            buffers.read(pageAt(pages, at, i), page, 0, PAGE_BYTES);
            sum += Words.pageChecksum(number, page, 0, PAGE_BYTES);
        }
        return rules.isWhole(sum, record.checksum(region));
    }

    /** How many pages a set holds in a region, or -1 if its list is broken. */
    private int pagesIn(CommitRecord record, int region, long at, Memory buffers) {
        if (images) {
            return layout.pagesOf(region);
        }
        long count = buffers.readLong(at);
        boolean possible = count > 0 && count <= layout.pagesOf(region);
        return possible && Layout.setBytes((int) count) == record.length(region) ? (int) count : -1;
    }

    private int pageNumber(int region, long at, int index, Memory buffers) {
        int first = layout.firstPage(region);
        if (images) {
            return first + index;
        }
        long number = buffers.readLong(at + (1L + index) * Long.BYTES);
        return number >= first && number < first + layout.pagesOf(region) ? (int) number : -1;
    }

    private long pageAt(int pages, long at, int index) {
        return at + (images ? 0 : Layout.listBytes(pages)) + (long) index * PAGE_BYTES;
    }

    private Outcome install(Outbox<RdmaPmemMessage> out) {
        PagedMemory memory = out.memory();
        Memory buffers = out.buffers();
        long at = layout.setBufferOffset();
        long bytes = 0;
        for (CommitRecord record : unread) {
            for (int region = 0; region < layout.regions(); region++) {
                long length = record.length(region);
                int pages = length == 0 ? 0 : pagesIn(record, region, at, buffers);
                for (int i = 0; i < pages; i++) {
                    int number = pageNumber(region, at, i, buffers);
                    if (number >= 0) {
                        buffers.read(pageAt(pages, at, i), page, 0, PAGE_BYTES);
                        memory.restorePage(number, page);
                    }
                }
                at += length;
                bytes += length;
            }
        }
        out.spend(costs.memcpyNanos(bytes));
        cursor = chosenEpoch();
        cursorSequence = chosen == null ? -1 : chosen.sequence();
        return stopAs(Outcome.AT_NEWEST);
    }

    /** The newest record before an epoch, and the newest of those that enough units hold. */
    private List<CommitRecord> older(long epoch) {
        List<CommitRecord> records = new ArrayList<>();
        for (CommitRing ring : rings) {
            ring.addMissing(records, 0);
        }
        List<CommitRecord> kept = new ArrayList<>();
        for (int i = records.size() - 1; i >= 0; i--) {
            CommitRecord record = records.get(i);
            if (record.epoch() >= epoch) {
                continue;
            }
            int holders = 0;
            for (CommitRing ring : rings) {
                holders += ring.holds(record) ? 1 : 0;
            }
            if (kept.isEmpty() || holders >= unitsToAcknowledge) {
                kept.add(record);
            }
            if (holders >= unitsToAcknowledge) {
                break;
            }
        }
        return kept;
    }

    /** What the rings said at the last take-over's start. */
    Found found() {
        List<CommitRecord> newest = new ArrayList<>();
        long oldestNeeded = chosen == null ? Long.MAX_VALUE : chosen.needs();
        long highest = 0;
        int holders = 0;
        for (CommitRing ring : rings) {
            holders += chosen != null && ring.holds(chosen) ? 1 : 0;
            CommitRecord record = ring.newest();
            if (record != null) {
                newest.add(record);
                oldestNeeded = Math.min(oldestNeeded, record.needs());
            }
            highest = Math.max(highest, ring.highestSequence());
        }
        if (chosen != null && holders < unitsToAcknowledge) {
            // The last one that was acknowledged is older: it is the newest that enough units hold,
            // or, if one of them came as a blank, the one before.
            for (CommitRecord kept : older(chosen.epoch())) {
                newest.add(kept);
                oldestNeeded = Math.min(oldestNeeded, kept.needs());
            }
        }
        List<CommitRecord> needed = new ArrayList<>();
        for (CommitRing ring : rings) {
            ring.addMissing(needed, oldestNeeded);
        }
        List<CommitRecord> all = new ArrayList<>();
        for (CommitRing ring : rings) {
            ring.addMissing(all, 0);
        }
        List<Long> stale = new ArrayList<>();
        for (CommitRecord record : all) {
            if (record.epoch() < oldestNeeded) {
                stale.add(record.epoch());
            }
        }
        return new Found(chosen, holders, newest, needed, stale, highest);
    }
}
