package cairn.part.sets;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.part.RingLog;
import cairn.part.pmu.CommittedWrite;
import cairn.part.pmu.CommittedWrite.Range;
import cairn.part.sets.CommitRecord.Piece;
import cairn.part.sets.SetRules.Live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * PMU-14: a set is what has changed since the one before, appended to a log in each region; every
 * so often it is a full one. Sets that no retained one needs are given up (PMU-6, PMU-15).
 */
final class AppendSets implements Checkpointer.Sets {

    private final SetStore store;
    private final List<RingLog> logs = new ArrayList<>();
    private final ArrayDeque<Live> live = new ArrayDeque<>();
    private final int[] counts;
    private final long[] offsets;
    private long next;
    private long sequence;
    private long base;
    private long sealedNeeds;
    private int sinceFull;

    AppendSets(SetStore store, Restorer.Found restored) {
        this.store = store;
        this.counts = new int[store.layout().regions()];
        this.offsets = new long[store.layout().regions()];
        for (int region = 0; region < store.layout().regions(); region++) {
            RingLog log =
                    new RingLog(store.layout().dataOffset(region), store.layout().logBytes(region));
            for (CommitRecord record : restored.needed()) {
                Piece piece = record.pieces().get(region);
                log.found(record.epoch(), piece.offset(), piece.length());
            }
            logs.add(log);
        }
        for (CommitRecord record : restored.needed()) {
            live.add(new Live(record.epoch(), record.needs()));
        }
        this.sequence = restored.highestSequence();
    }

    @Override
    public BitSet begin(long epoch, BitSet dirty, boolean wantsFull, Outbox<?> out) {
        sequence++;
        BitSet pages = (BitSet) dirty.clone();
        if (wantsFull || sinceFull == store.settings().fullEvery() || !hasRoomForDelta(dirty)) {
            pages.set(0, store.layout().pages());
            base = epoch;
            sinceFull = 0;
        }
        sinceFull++;
        for (int region = 0; region < logs.size(); region++) {
            counts[region] = store.layout().within(region, pages).cardinality();
            offsets[region] = logs.get(region).append(epoch, Layout.setBytes(counts[region]));
        }
        live.add(new Live(epoch, base));
        return pages;
    }

    /** A delta must leave room for a full set, or the log could get stuck. */
    private boolean hasRoomForDelta(BitSet dirty) {
        for (int region = 0; region < logs.size(); region++) {
            long delta = Layout.setBytes(store.layout().within(region, dirty).cardinality());
            long whole = Layout.setBytes(store.layout().pagesOf(region));
            if (!logs.get(region).hasRoomFor(delta, whole)) {
                return false;
            }
        }
        return true;
    }

    /** The list of the pages' numbers. */
    @Override
    public long beginRegion(int region, BitSet pages, long at, CommittedWrite set, Memory buffers) {
        long listBytes = Layout.listBytes(counts[region]);
        long word = at;
        buffers.writeLong(word, counts[region]);
        for (int p = pages.nextSetBit(0); p >= 0; p = pages.nextSetBit(p + 1)) {
            word += Long.BYTES;
            buffers.writeLong(word, p);
        }
        set.add(new Range(region, at, offsets[region], listBytes));
        next = offsets[region] + listBytes;
        return listBytes;
    }

    @Override
    public long place(int region, int page) {
        long place = next;
        next += PAGE_BYTES;
        return place;
    }

    @Override
    public CommitRecord commit(long term, long epoch, long[] regionSums, long[] setSums) {
        List<Piece> pieces = new ArrayList<>();
        for (int region = 0; region < logs.size(); region++) {
            long length = Layout.setBytes(counts[region]);
            pieces.add(new Piece(offsets[region], length, setSums[region]));
        }
        return new CommitRecord(sequence, term, epoch, base, pieces);
    }

    @Override
    public void sealed(Outbox<?> out) {
        sealedNeeds = base;
        giveUpBefore(store.rules().oldestToKeep(live, store.settings().retained()), out);
    }

    @Override
    public void clear(long readTo, Outbox<?> out) {
        giveUpBefore(Math.min(sealedNeeds, readTo), out);
    }

    private void giveUpBefore(long oldest, Outbox<?> out) {
        while (!live.isEmpty() && live.getFirst().epoch() < oldest) {
            out.claim(new Fact.Discarded(new Epoch(live.removeFirst().epoch())));
        }
        logs.forEach(log -> log.discardBefore(oldest));
    }
}
