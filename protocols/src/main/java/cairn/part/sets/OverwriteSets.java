package cairn.part.sets;

import static cairn.model.memory.PagedMemory.PAGE_BYTES;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.Outbox;
import cairn.model.memory.Memory;
import cairn.part.pmu.CommittedWrite;
import cairn.part.sets.CommitRecord.Piece;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * PMU-13: a set is a whole image in one of several slots, and the next one goes to a slot that does
 * not hold the newest set of any unit. Only pages that the slot does not yet hold are written.
 */
final class OverwriteSets implements Checkpointer.Sets {

    private final Layout layout;
    private final SetRules rules;
    private final BitSet[] stale;
    private final long[] epochs;
    private int slot;
    private long sequence;

    /** For a writer whose restore has found these sets at the units. */
    OverwriteSets(SetStore store, Restorer.Found restored) {
        this.layout = store.layout();
        this.rules = store.rules();
        int slots = layout.slots();
        this.stale = new BitSet[slots];
        this.epochs = new long[slots];
        for (int i = 0; i < slots; i++) {
            stale[i] = new BitSet();
            stale[i].set(0, layout.pages());
        }
        this.sequence = restored.highestSequence();
        for (CommitRecord newest : restored.newest()) {
            epochs[slotOf(newest)] = newest.epoch();
        }
        this.slot = slotBeforeFree(restored.record());
    }

    /** So chosen that the next slot is one which no unit's newest set lies in. */
    private int slotBeforeFree(@Nullable CommitRecord restored) {
        for (int before = 0; before < epochs.length; before++) {
            if (epochs[rules.nextSlot(before, epochs.length)] == 0) {
                return before;
            }
        }
        // Every slot is in use, by sets of which some have decayed: keep the one restored.
        return restored == null ? 0 : slotOf(restored);
    }

    private int slotOf(CommitRecord record) {
        long into = record.pieces().getFirst().offset() - layout.dataOffset(0);
        return (int) (into / layout.slotBytes(0));
    }

    @Override
    public BitSet begin(long epoch, BitSet dirty, boolean wantsFull, Outbox<?> out) {
        for (BitSet pages : stale) {
            pages.or(dirty);
        }
        slot = rules.nextSlot(slot, stale.length);
        sequence++;
        if (epochs[slot] != 0) {
            out.claim(new Fact.Discarded(new Epoch(epochs[slot])));
        }
        epochs[slot] = epoch;
        BitSet writing = stale[slot];
        stale[slot] = new BitSet();
        return writing;
    }

    @Override
    public long beginRegion(int region, BitSet pages, long at, CommittedWrite set, Memory buffers) {
        return 0;
    }

    @Override
    public long place(int region, int page) {
        long within = (long) (page - layout.firstPage(region)) * PAGE_BYTES;
        return layout.slotOffset(region, slot) + within;
    }

    @Override
    public CommitRecord commit(long term, long epoch, long[] regionSums, long[] setSums) {
        List<Piece> pieces = new ArrayList<>();
        for (int region = 0; region < layout.regions(); region++) {
            long offset = layout.slotOffset(region, slot);
            pieces.add(new Piece(offset, layout.slotBytes(region), regionSums[region]));
        }
        return new CommitRecord(sequence, term, epoch, epoch, pieces);
    }

    @Override
    public void sealed(Outbox<?> out) {
        // The slot that is written next is given up when that begins.
    }

    @Override
    public void clear(long readTo, Outbox<?> out) {
        // There is no set to spare.
    }
}
