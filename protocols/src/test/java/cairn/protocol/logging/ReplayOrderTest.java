package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.part.dependency.Determinant;

import org.junit.jupiter.api.Test;

final class ReplayOrderTest {

    private final ReplayOrder order = new ReplayOrder();

    private static Determinant receipt(long receipt, long life) {
        return new Determinant(0, receipt, 1, 10 * receipt + life, life, 0);
    }

    @Test
    void ofTwoLivesTheLaterOneStandsWhoeverSpeaksFirst() {
        assertTrue(order.learns(receipt(4, 2)));
        assertFalse(order.learns(receipt(4, 1)));
        assertEquals(receipt(4, 2), order.of(4));
        assertTrue(order.learns(receipt(4, 3)));
        assertEquals(receipt(4, 3), order.of(4));
    }

    @Test
    void nobodyDependsOnAReceiptWhosePredecessorNobodyKnows() {
        for (long number : new long[] {8, 9, 11}) {
            order.learns(receipt(number, 0));
        }
        assertEquals(9, order.cut(7, 0));
        assertNull(order.of(11));
        assertEquals(receipt(9, 0), order.of(9));
    }

    @Test
    void nobodyDependsOnAReceiptOfAnEarlierLifeThanItsPredecessor() {
        order.learns(receipt(8, 1));
        order.learns(receipt(9, 0));
        assertEquals(8, order.cut(7, 0));
        assertNull(order.of(9));
    }

    /** The checkpoint's last receipt is the predecessor of the first one after it. */
    @Test
    void whatIsInTheCheckpointMayBeOfALaterLifeToo() {
        order.learns(receipt(8, 1));
        assertEquals(7, order.cut(7, 2));
        assertTrue(order.isOver());
    }

    @Test
    void itIsOverWhenAllHasTakenPlaceAgain() {
        order.learns(receipt(8, 0));
        order.learns(receipt(9, 0));
        order.cut(7, 0);
        order.done(8);
        assertFalse(order.isOver());
        order.done(9);
        assertTrue(order.isOver());
    }
}
