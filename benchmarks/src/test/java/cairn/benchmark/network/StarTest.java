package cairn.benchmark.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StarTest {

    @Test
    void asManyMessagesStayInFlightAlthoughSomeAreLost() {
        for (Jitter jitter : Jitter.values()) {
            Star star = new Star(100, 16, true, jitter, true);
            star.run(100_000);
            assertEquals(100_000, star.delivered());
            assertEquals(100, (double) star.lost(), 50);
            assertTrue(star.inFlight() > 1_400, "in flight: " + star.inFlight());
        }
    }

    @Test
    void theTraceHashIsTheSameInEachRunAndDependsOnTheLatencies() {
        assertEquals(hash(Jitter.HEAVY_TAIL), hash(Jitter.HEAVY_TAIL));
        assertNotEquals(hash(Jitter.HEAVY_TAIL), hash(Jitter.EXPONENTIAL));
    }

    private static long hash(Jitter jitter) {
        return new Star(100, 4, false, jitter, false).run(10_000);
    }
}
