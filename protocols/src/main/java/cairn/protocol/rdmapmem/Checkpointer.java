package cairn.protocol.rdmapmem;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.model.memory.PagedMemory;

import java.util.BitSet;

/**
 * Finds out which pages were stored to since the last cut, and stages them as the next set. The
 * pages' checksums are kept, so that a set costs what has changed and not what there is.
 */
final class Checkpointer {

    private final Layout layout;
    private final CpuCosts costs;
    private final Sets sets;
    private final SetWrite set;
    private final BitSet dirty = new BitSet();
    private final long[] checksums;
    private final long[] regionChecksums;
    private final byte[] page = new byte[PAGE_BYTES];
    private long faults;

    /** How the sets of one store mode are laid out; it is told of each page of a set in order. */
    interface Sets {

        /** Begins a set; says which pages it holds, given those that were stored to. */
        BitSet begin(long epoch, BitSet dirtyPages, boolean wantsFull, Outbox<RdmaPmemMessage> out);

        /** Whether the set that was begun is a full one. */
        boolean isFull();

        /** Adds a staged page, whose bytes lie at {@code from} in the buffers. */
        void add(int region, int page, long from, SetWrite set, Memory buffers);

        /** How many bytes of staging a region's set needs before its first page. */
        long stagedBefore(int region, BitSet pages);

        /** The record that commits the set. */
        CommitRecord commit(long term, long epoch, long[] regionSums, long[] setSums, SetWrite set);

        /** The set is complete at all units: says what may be given up. */
        void sealed(long epoch, Outbox<RdmaPmemMessage> out);

        /** PMU-15: gives up what was read up to an epoch, unless the newest sealed set needs it. */
        void clear(long readTo, Outbox<RdmaPmemMessage> out);
    }

    Checkpointer(Layout layout, CpuCosts costs, Sets sets) {
        this.layout = layout;
        this.costs = costs;
        this.sets = sets;
        this.set = new SetWrite(layout);
        this.checksums = new long[layout.pages()];
        this.regionChecksums = new long[layout.regions()];
    }

    /** Takes note of every store from now on; all pages count as stored to. */
    void watch(PagedMemory memory) {
        dirty.set(0, layout.pages());
        memory.onFault(stored -> {
            dirty.set(stored);
            memory.unprotect(stored);
            faults++;
        });
    }

    /** How many stores have faulted since the last call. */
    long takeFaults() {
        long taken = faults;
        faults = 0;
        return taken;
    }

    boolean isClean() {
        return dirty.isEmpty();
    }

    SetWrite set() {
        return set;
    }

    /**
     * Cuts: the memory as it is now becomes a checkpoint, staged in the buffers. The caller's time
     * is spent on copying, checksums and protecting. Returns the oldest epoch that it needs.
     */
    long cut(long term, long epoch, boolean wantsFull, Outbox<RdmaPmemMessage> out) {
        out.claim(new Fact.Cut(new Epoch(epoch)));
        PagedMemory memory = out.memory();
        Memory buffers = out.buffers();
        BitSet pages = sets.begin(epoch, dirty, wantsFull, out);
        set.clear();
        long[] setSums = new long[layout.regions()];
        long at = layout.stagingOffset();
        int region = -1;
        int copied = 0;
        int summed = 0;
        for (int p = pages.nextSetBit(0); p >= 0; p = pages.nextSetBit(p + 1)) {
            int itsRegion = layout.regionOf(p);
            if (itsRegion != region) {
                region = itsRegion;
                at += sets.stagedBefore(region, pages);
            }
            memory.read((long) p * PAGE_BYTES, page, 0, PAGE_BYTES);
            buffers.write(at, page, 0, PAGE_BYTES);
            if (dirty.get(p)) {
                long fresh = Words.pageChecksum(p, page, 0, PAGE_BYTES);
                regionChecksums[region] += fresh - checksums[p];
                checksums[p] = fresh;
                summed++;
            }
            setSums[region] += checksums[p];
            sets.add(region, p, at, set, buffers);
            at += PAGE_BYTES;
            copied++;
        }
        CommitRecord record = sets.commit(term, epoch, regionChecksums, setSums, set);
        set.commitBy(record);
        memory.protectAll();
        out.spend(
                costs.memcpyNanos((long) copied * PAGE_BYTES)
                        + costs.checksumNanos((long) summed * PAGE_BYTES)
                        + costs.protectPageNanos() * dirty.cardinality());
        dirty.clear();
        return record.needs();
    }

    void sealed(long epoch, Outbox<RdmaPmemMessage> out) {
        sets.sealed(epoch, out);
    }

    void clear(long readTo, Outbox<RdmaPmemMessage> out) {
        sets.clear(readTo, out);
    }
}
