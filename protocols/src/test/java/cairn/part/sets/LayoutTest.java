package cairn.part.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Records;
import cairn.part.pmu.Persistence;
import cairn.part.sets.CommitRecord.Piece;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;

/** PMU-6, PMU-12, PMU-13, PMU-15: where sets go, and which are kept. */
final class LayoutTest {

    private static final SetSettings TWO_MIRRORS =
            new SetSettings(StoreMode.OVERWRITE, 4, 8, 1, 2, 1);

    @Test
    void everyPageBelongsToExactlyOneRegion() {
        BitSet all = new BitSet();
        all.set(0, 13);
        for (int regions = 1; regions <= 8; regions++) {
            Layout layout =
                    new Layout(
                            Records.like(TWO_MIRRORS).with("regions", regions).made(), 13 * 4096);
            BitSet left = (BitSet) all.clone();
            for (int region = 0; region < regions; region++) {
                BitSet within = layout.within(region, all);
                assertEquals(layout.pagesOf(region), within.cardinality());
                assertTrue(layout.within(region, left).equals(within), "twice in " + regions);
                left.andNot(within);
            }
            assertTrue(left.isEmpty(), "in none of " + regions + ": " + left);
        }
    }

    @Test
    void slotsLieApartBehindTheCommitRing() {
        Layout layout = new Layout(Records.like(TWO_MIRRORS).with("regions", 2).made(), 6 * 4096);
        assertEquals(4, layout.slots());
        for (int region = 0; region < 2; region++) {
            long end = layout.slotOffset(region, 2) + layout.slotBytes(region);
            assertTrue(layout.slotOffset(region, 0) >= (region == 0 ? layout.ringBytes() : 0));
            assertEquals(
                    layout.slotOffset(region, 1),
                    layout.slotOffset(region, 0) + layout.slotBytes(region));
            assertTrue(end <= layout.regionBytes(region));
        }
    }

    @Test
    void moreRegionsThanPagesAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Layout(Records.like(TWO_MIRRORS).with("regions", 3).made(), 2 * 4096));
    }

    @Test
    void aNewPrimaryWritesToTheSlotThatNoUnitsNewestSetLiesIn() {
        Layout layout = new Layout(TWO_MIRRORS, 4 * 4096);
        // One unit has e9 in slot 1; the other missed it and has e8 in slot 0.
        List<CommitRecord> newest = List.of(image(layout, 9, 1), image(layout, 8, 0));
        Restorer.Found found =
                new Restorer.Found(newest.getFirst(), 1, newest, newest, List.of(), 9);
        assertEquals(2, slotWritten(layout, SetRules.SOUND, found));
        SetRules single =
                new SetRules() {
                    @Override
                    public int nextSlot(int last, int slots) {
                        return 1;
                    }
                };
        assertEquals(1, slotWritten(layout, single, found), "it would overwrite the newest");
    }

    private static int slotWritten(Layout layout, SetRules rules, Restorer.Found found) {
        Persistence persistence = new Persistence.CompletionOnly();
        SetStore store = new SetStore(TWO_MIRRORS, layout, persistence, CpuCosts.DEFAULT, rules);
        OverwriteSets sets = new OverwriteSets(store, found);
        sets.begin(10, new BitSet(), true, new RecordingOutbox<>(0, null));
        CommitRecord written = sets.commit(2, 10, new long[1], new long[1]);
        long into = written.pieces().getFirst().offset() - layout.dataOffset(0);
        return (int) (into / layout.slotBytes(0));
    }

    private static CommitRecord image(Layout layout, long epoch, int slot) {
        Piece piece = new Piece(layout.slotOffset(0, slot), layout.slotBytes(0), 1);
        return new CommitRecord(epoch, 1, epoch, epoch, List.of(piece));
    }

    @Test
    void aSetThatARetainedOneNeedsIsKept() {
        ArrayDeque<SetRules.Live> live = new ArrayDeque<>();
        live.add(new SetRules.Live(1, 1));
        live.add(new SetRules.Live(2, 1));
        live.add(new SetRules.Live(3, 1));
        live.add(new SetRules.Live(4, 4));
        assertEquals(4, SetRules.SOUND.oldestToKeep(live, 1));
        assertEquals(1, SetRules.SOUND.oldestToKeep(live, 2), "e3 needs e1");
        assertEquals(new Epoch(1), new Epoch(live.getFirst().epoch()));
    }
}
