package cairn.protocol.rdmapmem;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.Memory;

import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * PMU-14: a set is what has changed since the one before, appended to a log in each region; every
 * so often it is a full one. Sets that no retained one needs are given up (PMU-6, PMU-15).
 */
final class AppendSets implements Checkpointer.Sets {

    private final RdmaPmemSettings settings;
    private final Layout layout;
    private final Rules rules;
    private final SetLog[] logs;
    private final ArrayDeque<Live> live = new ArrayDeque<>();
    private final BitSet pages = new BitSet();
    private final int[] counts;
    private final int[] added;
    private final long[] setOffsets;
    private final long[] listAt;
    private long sequence;
    private long base;
    private long sealedNeeds;
    private int sinceFull;
    private boolean full;

    /** A set that is kept, and the oldest one that it needs. */
    record Live(long epoch, long needs) {}

    AppendSets(RdmaPmemSettings settings, Layout layout, Rules rules, Restorer.Found restored) {
        this.settings = settings;
        this.layout = layout;
        this.rules = rules;
        int regions = layout.regions();
        this.logs = new SetLog[regions];
        this.counts = new int[regions];
        this.added = new int[regions];
        this.setOffsets = new long[regions];
        this.listAt = new long[regions];
        for (int region = 0; region < regions; region++) {
            logs[region] = new SetLog(layout.dataOffset(region), layout.logBytes(region));
            for (CommitRecord record : restored.needed()) {
                logs[region].found(record.epoch(), record.offset(region), record.length(region));
            }
        }
        for (CommitRecord record : restored.needed()) {
            live.add(new Live(record.epoch(), record.needs()));
        }
        this.sequence = restored.highestSequence();
    }

    @Override
    public BitSet begin(long epoch, BitSet dirty, boolean wantsFull, Outbox<RdmaPmemMessage> out) {
        sequence++;
        pages.clear();
        pages.or(dirty);
        full = wantsFull || sinceFull == settings.fullEvery() || !hasRoomForDelta(dirty);
        if (full) {
            pages.set(0, layout.pages());
            base = epoch;
            sinceFull = 0;
        }
        sinceFull++;
        for (int region = 0; region < logs.length; region++) {
            count(region, pages);
            added[region] = 0;
            setOffsets[region] = logs[region].append(epoch, Layout.setBytes(counts[region]));
        }
        live.add(new Live(epoch, base));
        return pages;
    }

    /** A delta must leave room for a full set, or the log could get stuck. */
    private boolean hasRoomForDelta(BitSet dirty) {
        for (int region = 0; region < logs.length; region++) {
            count(region, dirty);
            long fullBytes = Layout.setBytes(layout.pagesOf(region));
            if (!logs[region].hasRoomFor(Layout.setBytes(counts[region]), fullBytes)) {
                return false;
            }
        }
        return true;
    }

    private void count(int region, BitSet chosen) {
        int end = layout.firstPage(region + 1);
        counts[region] = 0;
        for (int p = chosen.nextSetBit(layout.firstPage(region));
                p >= 0 && p < end;
                p = chosen.nextSetBit(p + 1)) {
            counts[region]++;
        }
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public long stagedBefore(int region, BitSet chosen) {
        return Layout.listBytes(counts[region]);
    }

    @Override
    public void add(int region, int page, long from, SetWrite set, Memory buffers) {
        long listBytes = Layout.listBytes(counts[region]);
        if (added[region] == 0) {
            listAt[region] = from - listBytes;
            buffers.writeLong(listAt[region], counts[region]);
            set.add(
                    region,
                    listAt[region],
                    setOffsets[region],
                    (int) Layout.setBytes(counts[region]));
        }
        buffers.writeLong(listAt[region] + (long) Long.BYTES * ++added[region], page);
    }

    @Override
    public CommitRecord commit(
            long term, long epoch, long[] regionSums, long[] setSums, SetWrite set) {
        long[] extents = CommitRecord.extents(logs.length);
        for (int region = 0; region < logs.length; region++) {
            CommitRecord.setExtent(
                    extents,
                    region,
                    setOffsets[region],
                    Layout.setBytes(counts[region]),
                    setSums[region]);
        }
        return new CommitRecord(sequence, term, epoch, base, extents);
    }

    @Override
    public void sealed(long epoch, Outbox<RdmaPmemMessage> out) {
        sealedNeeds = base;
        giveUpBefore(rules.oldestToKeep(live, settings.retainedSets()), out);
    }

    @Override
    public void clear(long readTo, Outbox<RdmaPmemMessage> out) {
        giveUpBefore(Math.min(sealedNeeds, readTo), out);
    }

    private void giveUpBefore(long oldest, Outbox<RdmaPmemMessage> out) {
        while (!live.isEmpty() && live.getFirst().epoch() < oldest) {
            out.claim(new Fact.Discarded(new Epoch(live.removeFirst().epoch())));
        }
        for (SetLog log : logs) {
            log.discardBefore(oldest);
        }
    }
}
