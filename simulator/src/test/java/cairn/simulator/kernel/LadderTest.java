package cairn.simulator.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Random;

final class LadderTest {
    private final Slots slots = new Slots();
    private final Ladder ladder = new Ladder(slots);
    private final Random random = new Random(11);

    @Test
    void rungsDoNotPileUpUnderATimerThatIsFarAway() {
        add(1_000_000_000);
        assertAtMostRungs(12, 700, 300_000, 4_000);
    }

    @Test
    void rungsDoNotPileUpWhenSomeDelaysAreAMillionTimesLonger() {
        for (int i = 0; i < 1_000; i++) {
            add(1_000_000_000L + random.nextInt(1_000_000_000));
        }
        assertAtMostRungs(12, 700, 300_000, 4_000);
    }

    @Test
    void rungsDoNotPileUpWhenManyEventsAreWithinNanoseconds() {
        add(Long.MAX_VALUE - 1);
        assertAtMostRungs(24, 5_000, 300_000, 3);
    }

    @Test
    void theBottomStaysShortWhereAllIsInsertedBeforeALateEvent() {
        add(1_000_000_000);
        assertTrue(ladder.seek());
        assertAtMostRungs(12, 5_000, 100_000, 1_000_000);
    }

    private void assertAtMostRungs(int most, int inFlight, int events, int longestDelay) {
        long now = 0;
        for (int i = 0; i < inFlight; i++) {
            add(random.nextInt(longestDelay));
        }
        int deepest = 0;
        int longest = 0;
        for (int i = 0; i < events; i++) {
            assertTrue(ladder.seek());
            assertTrue(ladder.time() >= now);
            now = ladder.time();
            slots.release(ladder.remove());
            add(now + random.nextInt(longestDelay));
            deepest = Math.max(deepest, ladder.depth());
            longest = Math.max(longest, ladder.sorted());
        }
        assertTrue(deepest <= most, deepest + " rungs, but at most " + most + " were expected");
        // Only what shares one instant may be sorted in at any length.
        int instant = 2 * inFlight / longestDelay;
        assertTrue(longest <= 600 + instant, longest + " events were kept sorted by insertion");
        assertTrue(deepest > 0, "the scenario spread nothing over a rung");
    }

    private void add(long time) {
        ladder.add(time, slots.take(0, 0, 0, null));
    }
}
