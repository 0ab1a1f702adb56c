package cairn.part.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SealRecordTest {

    @Test
    void sn8ARecordIsReadAsItWasWrittenAndNotWhenTorn() {
        var record = new SealRecord(3, 17, new Registers(5, 6, 7), -1);
        byte[] slot = new byte[100 + SealRecord.BYTES];
        System.arraycopy(record.bytes(), 0, slot, 100, SealRecord.BYTES);
        assertEquals(record, SealRecord.read(slot, 100));
        for (int i = 100; i < slot.length; i++) {
            byte[] torn = slot.clone();
            torn[i] ^= 1;
            assertNull(SealRecord.read(torn, 100));
        }
        assertTrue(new SealRecord(4, 2, Registers.INITIAL, 0).compareTo(record) > 0);
    }
}
