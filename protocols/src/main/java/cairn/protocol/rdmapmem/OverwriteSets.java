package cairn.protocol.rdmapmem;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.Memory;

import java.util.BitSet;

/**
 * PMU-13: a set is a whole image in one of several slots, and the next one goes to a slot that does
 * not hold the newest set of any unit. Only pages that the slot does not yet hold are written.
 */
final class OverwriteSets implements Checkpointer.Sets {

    private final Layout layout;
    private final Rules rules;
    private final BitSet[] stale;
    private final long[] epochs;
    private final BitSet writing = new BitSet();
    private int slot;
    private long sequence;

    /** For a primary whose restore has found these sets at the units. */
    OverwriteSets(Layout layout, Rules rules, Restorer.Found restored) {
        this.layout = layout;
        this.rules = rules;
        int slots = layout.slots();
        this.stale = new BitSet[slots];
        this.epochs = new long[slots];
        for (int i = 0; i < slots; i++) {
            stale[i] = new BitSet();
            stale[i].set(0, layout.pages());
        }
        this.sequence = restored.highestSequence();
        this.slot = slotBeforeFree(restored);
    }

    /** So chosen that the next slot is one which no unit's newest set lies in. */
    private int slotBeforeFree(Restorer.Found restored) {
        int slots = layout.slots();
        boolean[] used = new boolean[slots];
        for (CommitRecord newest : restored.newest()) {
            int held = slotOf(newest);
            used[held] = true;
            epochs[held] = newest.epoch();
        }
        for (int before = 0; before < slots; before++) {
            if (!used[rules.nextSlot(before, slots)]) {
                return before;
            }
        }
        // Every slot is in use, by sets of which some have decayed: keep the one restored.
        CommitRecord kept = restored.record();
        return kept == null ? 0 : slotOf(kept);
    }

    private int slotOf(CommitRecord record) {
        return (int) ((record.offset(0) - layout.dataOffset(0)) / layout.slotBytes(0));
    }

    @Override
    public BitSet begin(long epoch, BitSet dirty, boolean wantsFull, Outbox<RdmaPmemMessage> out) {
        for (BitSet pages : stale) {
            pages.or(dirty);
        }
        slot = rules.nextSlot(slot, stale.length);
        sequence++;
        if (epochs[slot] != 0) {
            out.claim(new Fact.Discarded(new Epoch(epochs[slot])));
        }
        epochs[slot] = epoch;
        writing.clear();
        writing.or(stale[slot]);
        stale[slot].clear();
        return writing;
    }

    @Override
    public boolean isFull() {
        return true;
    }

    @Override
    public long stagedBefore(int region, BitSet pages) {
        return 0;
    }

    @Override
    public void add(int region, int page, long from, SetWrite set, Memory buffers) {
        long within = (long) (page - layout.firstPage(region)) * PAGE_BYTES;
        set.add(region, from, layout.slotOffset(region, slot) + within, PAGE_BYTES);
    }

    @Override
    public CommitRecord commit(
            long term, long epoch, long[] regionSums, long[] setSums, SetWrite set) {
        long[] extents = CommitRecord.extents(layout.regions());
        for (int region = 0; region < layout.regions(); region++) {
            CommitRecord.setExtent(
                    extents,
                    region,
                    layout.slotOffset(region, slot),
                    layout.slotBytes(region),
                    regionSums[region]);
        }
        return new CommitRecord(sequence, term, epoch, epoch, extents);
    }

    @Override
    public void sealed(long epoch, Outbox<RdmaPmemMessage> out) {
        // The slot that is written next is given up when that begins.
    }

    @Override
    public void clear(long readTo, Outbox<RdmaPmemMessage> out) {
        // There is no set to spare.
    }
}
