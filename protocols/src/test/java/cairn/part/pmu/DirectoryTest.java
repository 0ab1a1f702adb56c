package cairn.part.pmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.model.Fact.Entry;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** PMU-11: contents and layout of the regions, kept through losses of power. */
final class DirectoryTest {

    private static final Directory FOUR =
            new Directory(6, 4, 2, 1, 3, java.util.List.of())
                    .with(new Entry("region-0", 12_288, 4096))
                    .with(new Entry("region-1", 16_384, 8192));
    private static final Directory NEXT =
            FOUR.next(5).ledBy(0, 4, 3).with(new Entry("region-2", 24_576, 4096));

    @Test
    void whatIsKeptIsReadBackAtTheNextStart() {
        FakePersistentMemory memory = new FakePersistentMemory(32_768);
        UnitStore store = new UnitStore(memory, PmuRules.SOUND);
        assertEquals(Directory.BLANK, store.directory());
        assertEquals(0, store.term());
        store.keepTerm(7, 0);
        store.keep(FOUR, 0);
        store.keep(NEXT, 0);
        UnitStore again = new UnitStore(memory, PmuRules.SOUND);
        assertEquals(7, again.term());
        assertEquals(NEXT, again.directory());
    }

    @Test
    void aLossOfPowerAtAnyWordOfAChangeLeavesTheOldDirectoryOrTheNewOne() {
        eitherOldOrNew(store -> store.keep(NEXT, 0), PmuRules.SOUND, true);
    }

    @Test
    void aLossOfPowerAtAnyWordOfAHigherTermLeavesTheOldTermOrTheNewOne() {
        FakePersistentMemory memory = new FakePersistentMemory(32_768);
        UnitStore store = new UnitStore(memory, PmuRules.SOUND);
        store.keepTerm(7, 0);
        memory.startTearing();
        store.keepTerm(9, 0);
        for (long landed = 0; landed < 4; landed++) {
            UnitStore after = new UnitStore(memory.torn(landed), PmuRules.SOUND);
            assertEquals(landed == 3 ? 9 : 7, after.term());
        }
    }

    @Test
    void aDirectoryThatIsChangedInPlaceIsLostWithPower() {
        PmuRules inPlace =
                new PmuRules() {
                    @Override
                    public int nextDirectorySlot(int current) {
                        return current;
                    }
                };
        eitherOldOrNew(store -> store.keep(NEXT, 0), inPlace, false);
    }

    private interface Change {
        void make(UnitStore store);
    }

    private static void eitherOldOrNew(Change change, PmuRules rules, boolean expected) {
        FakePersistentMemory memory = new FakePersistentMemory(32_768);
        UnitStore store = new UnitStore(memory, rules);
        store.keep(FOUR, 0);
        memory.startTearing();
        change.make(store);
        int words = memory.wordsWritten();
        assertNotEquals(0, words);
        boolean holds = true;
        for (int kept = 0; kept <= words; kept++) {
            holds &= isOldOrNew(memory.torn((1L << kept) - 1), rules);
            holds &= isOldOrNew(memory.torn(-1L << kept), rules);
            holds &= isOldOrNew(memory.torn(1L << kept), rules);
            holds &= isOldOrNew(memory.torn(~(1L << kept)), rules);
        }
        assertEquals(expected, holds);
        assertEquals(NEXT, new UnitStore(memory.torn(-1), rules).directory());
    }

    private static boolean isOldOrNew(FakePersistentMemory memory, PmuRules rules) {
        Directory found = new UnitStore(memory, rules).directory();
        return found.equals(FOUR) || found.equals(NEXT);
    }

    @Test
    void aGapIsTheFirstPlaceThatNoEntryUses() {
        assertEquals(24_576, FOUR.gapFor(4096, 32_768));
        assertEquals(-1, FOUR.gapFor(8193, 32_768));
        assertEquals(12_288, FOUR.without("region-0").gapFor(4096, 32_768));
        assertEquals(24_576, FOUR.without("region-0").gapFor(4097, 32_768));
    }

    @Test
    void damagedBytesAreNoDirectory() {
        byte[] bytes = Arrays.copyOf(FOUR.encoded(), Directory.SLOT_BYTES);
        assertEquals(FOUR, Directory.decode(bytes));
        int length = FOUR.encodedBytes();
        for (int bit = 0; bit < length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertNull(Directory.decode(flipped), "bit " + bit);
        }
        assertNull(Directory.decode(new byte[Directory.SLOT_BYTES]));
    }

    @Test
    void moreEntriesThanThereIsRoomForAreRefused() {
        Directory full = Directory.BLANK;
        for (int i = 0; i < 101; i++) {
            full = full.with(new Entry("region-" + i, 4096L * i, 4096));
        }
        Directory last = full;
        assertThrows(
                IllegalArgumentException.class,
                () -> last.with(new Entry("one-too-many", 0, 1)).encoded());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Directory.BLANK
                                .with(new Entry("a-name-of-more-than-24-letters", 0, 1))
                                .encoded());
    }
}
