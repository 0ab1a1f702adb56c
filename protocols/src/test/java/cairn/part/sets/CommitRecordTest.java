package cairn.part.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.part.sets.CommitRecord.Piece;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** PMU-11: a commit record counts as a whole or not at all. */
final class CommitRecordTest {

    private static final int SLOTS = 16;

    private static CommitRecord record(long sequence, long epoch, long needs) {
        List<Piece> pieces = new ArrayList<>();
        for (int region = 0; region < 3; region++) {
            pieces.add(new Piece(4096 * epoch, 8192, 77 * epoch + region));
        }
        return new CommitRecord(sequence, 5, epoch, needs, pieces);
    }

    private static byte[] ring(CommitRecord... records) {
        byte[] bytes = new byte[SLOTS * CommitRecord.SLOT_BYTES];
        for (CommitRecord record : records) {
            byte[] encoded = record.encoded();
            int at = (int) (record.sequence() % SLOTS) * CommitRecord.SLOT_BYTES;
            System.arraycopy(encoded, 0, bytes, at, encoded.length);
        }
        return bytes;
    }

    @Test
    void whatIsWrittenIsReadBack() {
        CommitRecord written = record(3, 9, 7);
        CommitRecord read = CommitRecord.decode(Arrays.copyOf(written.encoded(), 256), 0);
        assertNotNull(read);
        assertEquals(3, read.sequence());
        assertEquals(5, read.term());
        assertEquals(9, read.epoch());
        assertEquals(7, read.needs());
        assertEquals(written.pieces(), read.pieces());
        assertEquals(new Piece(9 * 4096, 8192, 77 * 9 + 2), read.pieces().get(2));
    }

    @Test
    void tornAtAnySetOfWordsItIsEitherTheOldRecordOrNone() {
        CommitRecord old = record(3, 9, 7);
        CommitRecord fresh = record(3 + SLOTS, 25, 24);
        byte[] before = Arrays.copyOf(old.encoded(), 256);
        byte[] after = Arrays.copyOf(fresh.encoded(), 256);
        int words = fresh.encoded().length / Long.BYTES;
        assertTrue(words > 12, "too short to be torn in interesting ways: " + words);
        for (int kept = 0; kept < words; kept++) {
            isNotAMixture(mixed(before, after, (1L << kept) - 1), before, after);
            isNotAMixture(mixed(before, after, 1L << kept), before, after);
            isNotAMixture(mixed(before, after, ~(1L << kept)), before, after);
            isNotAMixture(mixed(before, after, -1L << kept), before, after);
            isNotAMixture(mixed(new byte[256], after, (1L << kept) - 1), before, after);
        }
        for (long landed = 0; landed < 1 << 12; landed++) {
            isNotAMixture(mixed(before, after, landed), before, after);
        }
    }

    /** Of each 8-byte word, the new one where the bit is set. */
    private static byte[] mixed(byte[] before, byte[] after, long landed) {
        byte[] bytes = before.clone();
        for (int word = 0; word < 256 / Long.BYTES; word++) {
            if ((landed >>> word & 1) != 0) {
                System.arraycopy(after, word * 8, bytes, word * 8, 8);
            }
        }
        return bytes;
    }

    private static void isNotAMixture(byte[] bytes, byte[] before, byte[] after) {
        boolean whole = Arrays.equals(bytes, before) || Arrays.equals(bytes, after);
        assertEquals(whole, CommitRecord.decode(bytes, 0) != null, () -> Arrays.toString(bytes));
    }

    @Test
    void aRecordInAnotherPlaceThanItsOwnDoesNotCount() {
        byte[] bytes = ring(record(3, 9, 9));
        assertEquals(3, CommitRing.of(bytes, SLOTS).highestSequence());
        byte[] strayed = new byte[bytes.length];
        System.arraycopy(bytes, 0, strayed, 256, bytes.length - 256);
        assertTrue(CommitRing.of(strayed, SLOTS).records().isEmpty());
    }

    @Test
    void theNewestWholeRecordIsTheOneOfTheHighestEpoch() {
        // After a take-over the ring goes on; epochs of the new term are higher.
        byte[] bytes = ring(record(15, 109, 109), record(16, 203, 203), record(14, 108, 108));
        CommitRing ring = CommitRing.of(bytes, SLOTS);
        CommitRecord newest = ring.newest();
        assertNotNull(newest);
        assertEquals(203, newest.epoch());
        CommitRecord before = ring.newestBefore(203);
        assertNotNull(before);
        assertEquals(109, before.epoch());
        assertNull(ring.newestBefore(108));
    }

    @Test
    void aChainIsClosedOrItIsNone() {
        CommitRecord[] all = {
            record(1, 10, 10), record(2, 11, 10), record(3, 12, 10), record(4, 13, 13)
        };
        CommitRing whole = CommitRing.of(ring(all), SLOTS);
        List<CommitRecord> chain = whole.chainOf(all[2]);
        assertNotNull(chain);
        assertEquals(List.of(10L, 11L, 12L), chain.stream().map(CommitRecord::epoch).toList());
        assertEquals(1, size(whole.chainOf(all[3])));
        CommitRing hole = CommitRing.of(ring(all[0], all[2]), SLOTS);
        assertNull(hole.chainOf(all[2]), "PMU-14: e11 is missing");
        CommitRing headless = CommitRing.of(ring(all[1], all[2]), SLOTS);
        assertNull(headless.chainOf(all[2]), "the full set is missing");
    }

    private static int size(@org.jspecify.annotations.Nullable List<CommitRecord> chain) {
        return chain == null ? -1 : chain.size();
    }
}
