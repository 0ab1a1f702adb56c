package cairn.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.verbs.Transition;

import org.junit.jupiter.api.Test;

final class PatienceTest {

    private static Patience patience(int retries, int rnrRetries, int timeoutExponent) {
        Patience patience = new Patience();
        patience.start(new Transition.ReadyToSend(0, 16, retries, rnrRetries, timeoutExponent));
        return patience;
    }

    @Test
    void progressGivesAllAttemptsBack() {
        Patience patience = patience(2, 1, 1);
        for (int round = 0; round < 3; round++) {
            assertTrue(patience.triesAgain());
            assertTrue(patience.triesAgain());
            assertFalse(patience.triesAgain());
            assertTrue(patience.triesAgainWhenReady());
            assertFalse(patience.triesAgainWhenReady());
            patience.renew(0);
        }
    }

    @Test
    void sevenTimesIsForEverForAPeerThatIsNotReadyAndSevenTimesElsewhere() {
        Patience patience = patience(7, 7, 1);
        for (int i = 0; i < 7; i++) {
            assertTrue(patience.triesAgain());
        }
        assertFalse(patience.triesAgain());
        for (int i = 0; i < 1_000; i++) {
            assertTrue(patience.triesAgainWhenReady());
        }
    }

    @Test
    void aSilenceEndsAfterItsTimeUnlessTheExponentIsZero() {
        Patience patience = patience(1, 1, 1);
        assertTrue(patience.ends());
        patience.waitFrom(100);
        assertEquals(8_192, patience.leftNanos(100));
        assertEquals(1, patience.leftNanos(8_291));
        assertEquals(0, patience.leftNanos(9_000));
        assertFalse(patience(1, 1, 0).ends());
    }
}
