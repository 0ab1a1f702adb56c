package cairn.part.sets;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;
import cairn.part.DirtyPages;
import cairn.part.pmu.CommittedWrite;
import cairn.part.pmu.CommittedWrite.Range;

import java.util.BitSet;

/**
 * Stages the pages that were stored to since the last cut as the next set. The pages' checksums are
 * kept, so that a set costs what has changed and not what there is.
 */
public final class Checkpointer {

    private final Layout layout;
    private final CpuCosts costs;
    private final Sets sets;
    private final DirtyPages dirty;
    private final long[] checksums;
    private final long[] regionChecksums;
    private final byte[] page = new byte[PAGE_BYTES];
    private CommittedWrite set = new CommittedWrite();

    /** How the sets of one store mode are laid out. */
    interface Sets {

        /** Begins a set; says which pages it holds, given those that were stored to. */
        BitSet begin(long epoch, BitSet dirtyPages, boolean wantsFull, Outbox<?> out);

        /**
         * Begins a region that has pages in the set: stages what goes before them at a place of the
         * buffers, and returns how many bytes that are.
         */
        long beginRegion(int region, BitSet pages, long at, CommittedWrite set, Memory buffers);

        /** Where the next page of that region goes; asked once for each, in order. */
        long place(int region, int page);

        /** The record that commits the set. */
        CommitRecord commit(long term, long epoch, long[] regionSums, long[] setSums);

        /** The set is complete at all units: says what may be given up. */
        void sealed(Outbox<?> out);

        /** PMU-15: gives up what was read up to an epoch, unless the newest sealed set needs it. */
        void clear(long readTo, Outbox<?> out);
    }

    /**
     * Takes note of every store from now on; all pages count as stored to.
     *
     * @param found what the units hold, of which nothing that is needed is overwritten
     */
    public Checkpointer(SetStore store, Restorer.Found found, PagedMemory memory) {
        this.layout = store.layout();
        this.costs = store.costs();
        this.sets =
                switch (store.settings().mode()) {
                    case OVERWRITE -> new OverwriteSets(store, found);
                    case APPEND -> new AppendSets(store, found);
                };
        this.dirty = new DirtyPages(memory, costs);
        this.checksums = new long[layout.pages()];
        this.regionChecksums = new long[layout.regions()];
        dirty.setAll();
    }

    /** The pages that the next set holds, at least. */
    public DirtyPages dirty() {
        return dirty;
    }

    /** What was cut last. */
    public CommittedWrite set() {
        return set;
    }

    /**
     * Cuts: the memory as it is now becomes a checkpoint, staged in the buffers. The caller's time
     * is spent on copying, checksums and protecting. Returns the oldest epoch that it needs.
     */
    public long cut(long term, long epoch, boolean wantsFull, Outbox<?> out) {
        out.claim(new Fact.Cut(new Epoch(epoch)));
        BitSet pages = sets.begin(epoch, dirty.pages(), wantsFull, out);
        set = new CommittedWrite();
        long[] setSums = new long[layout.regions()];
        long at = layout.stagingOffset();
        for (int region = 0; region < layout.regions(); region++) {
            BitSet held = layout.within(region, pages);
            if (!held.isEmpty()) {
                at += sets.beginRegion(region, held, at, set, out.buffers());
            }
            for (int p = held.nextSetBit(0); p >= 0; p = held.nextSetBit(p + 1)) {
                stage(region, p, at, out);
                setSums[region] += checksums[p];
                at += PAGE_BYTES;
            }
        }
        CommitRecord record = sets.commit(term, epoch, regionChecksums, setSums);
        set.commitBy(record.encoded(), layout.ringOffset(record.sequence()));
        int changed = dirty.pages().cardinality();
        out.spend(
                costs.memcpyNanos((long) pages.cardinality() * PAGE_BYTES)
                        + costs.checksumNanos((long) changed * PAGE_BYTES)
                        + costs.protectPageNanos() * changed);
        dirty.cut();
        return record.needs();
    }

    private void stage(int region, int number, long at, Outbox<?> out) {
        out.memory().read((long) number * PAGE_BYTES, page, 0, PAGE_BYTES);
        out.buffers().write(at, page, 0, PAGE_BYTES);
        if (dirty.pages().get(number)) {
            long fresh = Layout.pageChecksum(number, page);
            regionChecksums[region] += fresh - checksums[number];
            checksums[number] = fresh;
        }
        set.add(new Range(region, at, sets.place(region, number), PAGE_BYTES));
    }

    /** The set is complete at all units. */
    public void sealed(Outbox<?> out) {
        sets.sealed(out);
    }

    /** PMU-15: gives up what was read up to an epoch, unless the newest sealed set needs it. */
    public void clear(long readTo, Outbox<?> out) {
        sets.clear(readTo, out);
    }
}
