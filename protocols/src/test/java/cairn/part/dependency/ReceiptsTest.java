package cairn.part.dependency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ReceiptsTest {

    private final Receipts receipts = new Receipts();

    @Test
    void aReceiptIsLoggedWhenAllArrivalsThatItDependsOnAre() {
        receipts.restart(10);
        receipts.add(1);
        receipts.add(4);
        receipts.add(4);
        assertEquals(10, receipts.upTo(0));
        assertEquals(11, receipts.upTo(3));
        assertEquals(13, receipts.upTo(4));
    }

    @Test
    void whatACheckpointContainsIsForgottenAndTheRestCountsOn() {
        receipts.restart(0);
        for (int position = 1; position <= 200; position++) {
            receipts.add(position);
        }
        receipts.forget(150);
        assertEquals(160, receipts.upTo(160));
        receipts.claimed(160);
        assertEquals(200, receipts.upTo(200));
        assertEquals(155, receipts.upTo(155), "after a roll-back it may be less");
    }
}
