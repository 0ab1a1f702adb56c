package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What faults do to a machine's clock. */
final class ClockFaultsTest {

    @Test
    void aClockThatJumpedGoesOnFromThere() {
        Clock clock = new Clock();
        clock.jump(1_000, -400);
        assertEquals(600, clock.reading(1_000));
        assertEquals(1_600, clock.reading(2_000));
        clock.drift(2_000, 100_000);
        assertEquals(2_700, clock.reading(3_000));
    }
}
