package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** What is not as it was written is recognised. */
final class SealTest {

    private static final byte[] SEALED =
            new ByteWriter().number(7).small(3).raw(new byte[] {1, 2, 3, 4}).sealed();

    @Test
    void anyChangedBitIsNoticed() {
        assertTrue(Seal.isWhole(SEALED));
        for (int bit = 0; bit < SEALED.length * Byte.SIZE; bit++) {
            byte[] changed = SEALED.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertFalse(Seal.isWhole(changed), "bit " + bit);
        }
    }

    @Test
    void whatIsCutOffOrWasNeverThereIsNotWhole() {
        for (int length = 0; length < SEALED.length; length++) {
            assertFalse(Seal.isWhole(Arrays.copyOf(SEALED, length)), length + " bytes");
            assertFalse(Seal.isWhole(new byte[length]), length + " zeros");
        }
        assertFalse(Seal.isWhole(SEALED, 8, SEALED.length), "it leaves the array");
    }

    @Test
    void aPartOfAnArrayIsReadFromItsPlace() {
        byte[] all = new byte[SEALED.length + 20];
        System.arraycopy(SEALED, 0, all, 12, SEALED.length);
        assertTrue(Seal.isWhole(all, 12, SEALED.length));
        ByteReader reader = new ByteReader(all, 12);
        assertEquals(7, reader.number());
        assertEquals(3, reader.small());
    }
}
