package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The clock of another host is known to half of what the quickest exchange took. */
final class ClockOffsetTest {

    private static final long AHEAD = 5_000_000_000_000L;

    @Test
    void theQuickestExchangeSaysItAndTheErrorIsHonestWhicheverWayWasSlow() {
        var offset = new ClockOffset();
        assertEquals(0, offset.errorNanos());
        long now = 1_000;
        for (int i = 1; i <= 20; i++) {
            assertFalse(offset.isKnown());
            long there = 100L * i;
            long back = 7_000 / i;
            offset.asked(now);
            offset.answered(now + there + AHEAD, now + there + back);
            now += there + back;
            // Never further off than it says.
            assertTrue(Math.abs(offset.aheadNanos() - AHEAD) <= offset.errorNanos());
        }
        assertTrue(offset.isKnown());
        // 800 ns there and 875 ns back is the quickest.
        assertEquals((800 + 875 + 1) / 2, offset.errorNanos());
    }
}
