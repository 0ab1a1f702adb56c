package cairn.simulator.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

final class KernelTest {
    private final Kernel kernel = new Kernel();
    private final List<Long> arguments = new ArrayList<>();
    private final List<@Nullable Object> payloads = new ArrayList<>();
    private final int recorder =
            kernel.register((kind, argument, payload) -> {
                arguments.add(argument);
                payloads.add(payload);
            });

    @Test
    void eventsOfOneInstantHappenInTheOrderInWhichTheyWereScheduled() {
        for (long i = 0; i < 100_000; i++) {
            schedule(1_000_000, i);
        }
        assertEquals(100_000, kernel.run(1_000_000, Long.MAX_VALUE));
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, arguments.get(i));
        }
    }

    @Test
    void anEventScheduledForNowHappensAfterThoseThatWereScheduledForNowBefore() {
        int starter =
                kernel.register((kind, argument, payload) -> schedule(kernel.now(), argument));
        kernel.schedule(5, starter, 0, 3, null);
        schedule(6, 4);
        schedule(5, 1);
        schedule(5, 2);
        kernel.run(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(List.of(1L, 2L, 3L, 4L), arguments);
    }

    @Test
    void aRunIncludesItsLastInstantAndLeavesTheClockAtTheLastEvent() {
        schedule(10, 1);
        schedule(20, 2);
        schedule(21, 3);
        assertEquals(2, kernel.run(20, Long.MAX_VALUE));
        assertEquals(20, kernel.now());
        assertEquals(0, kernel.run(20, Long.MAX_VALUE));
        assertEquals(21, kernel.nextTime());
        assertEquals(1, kernel.pending());
        assertEquals(2, kernel.dispatched());
    }

    @Test
    void aRunDispatchesNoMoreEventsThanAllowed() {
        for (int i = 0; i < 10; i++) {
            schedule(i, i);
        }
        assertEquals(4, kernel.run(Long.MAX_VALUE, 4));
        assertEquals(0, kernel.run(Long.MAX_VALUE, 0));
        assertEquals(List.of(0L, 1L, 2L, 3L), arguments);
    }

    @Test
    void withNothingPendingThereIsNoNextTimeAndNoStep() {
        assertEquals(Long.MAX_VALUE, kernel.nextTime());
        assertFalse(kernel.step());
        kernel.cancel(schedule(7, 0));
        assertEquals(Long.MAX_VALUE, kernel.nextTime());
        assertFalse(kernel.step());
        assertEquals(0, kernel.now());
    }

    @Test
    void anEventCanBeScheduledBeforeTheNextOneThatWasLookedAt() {
        schedule(1_000, 2);
        assertEquals(1_000, kernel.nextTime());
        schedule(1, 1);
        assertEquals(1, kernel.nextTime());
        kernel.run(Long.MAX_VALUE, Long.MAX_VALUE);
        assertEquals(List.of(1L, 2L), arguments);
    }

    @Test
    void aTicketOfAFiredEventDoesNotCancelTheOneThatTookItsSlot() {
        long fired = schedule(1, 1);
        assertTrue(kernel.step());
        long next = schedule(2, 2);
        assertNotEquals(fired, next);
        assertFalse(kernel.cancel(fired));
        assertTrue(kernel.step());
        assertEquals(List.of(1L, 2L), arguments);
    }

    @Test
    void aCancelledEventDoesNotHappenAndItsSlotServesAgainAtOnce() {
        long cancelled = schedule(1, 1);
        assertTrue(kernel.cancel(cancelled));
        assertFalse(kernel.cancel(cancelled));
        schedule(1, 2);
        assertEquals(1, kernel.run(Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(List.of(2L), arguments);
    }

    @Test
    void whatWasNeverATicketCancelsNothing() {
        schedule(1, 1);
        for (long ticket : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertFalse(kernel.cancel(ticket));
        }
        assertEquals(1, kernel.pending());
    }

    @Test
    void aPayloadArrivesAndIsNotHandedToTheNextEventInItsSlot() {
        Object payload = new Object();
        kernel.schedule(1, recorder, 0, 0, payload);
        kernel.step();
        schedule(2, 0);
        kernel.step();
        kernel.cancel(kernel.schedule(3, recorder, 0, 0, payload));
        schedule(3, 0);
        kernel.step();
        assertSame(payload, payloads.get(0));
        assertNull(payloads.get(1));
        assertNull(payloads.get(2));
    }

    @Test
    void thePastNeverAndAStrangerAreRefusedWithTheirValues() {
        schedule(10, 1);
        kernel.step();
        assertRefused("an event at 9 ns cannot be scheduled at 10 ns", 9, recorder);
        assertRefused(
                "an event at 9223372036854775807 ns cannot be scheduled at 10 ns",
                Long.MAX_VALUE,
                recorder);
        assertRefused("process 1 is not one of the 1 registered", 10, 1);
        assertRefused("process -1 is not one of the 1 registered", 10, -1);
        assertEquals(0, kernel.pending());
    }

    @Test
    void theDigestTellsTimesKindsArgumentsProcessesAndOrderApart() {
        long usual = digest(new long[][] {{1, 0, 7, 9}, {2, 0, 7, 9}});
        assertEquals(usual, digest(new long[][] {{1, 0, 7, 9}, {2, 0, 7, 9}}));
        assertNotEquals(usual, digest(new long[][] {{1, 0, 7, 9}, {3, 0, 7, 9}}));
        assertNotEquals(usual, digest(new long[][] {{1, 0, 7, 9}, {2, 1, 7, 9}}));
        assertNotEquals(usual, digest(new long[][] {{1, 0, 7, 9}, {2, 0, 8, 9}}));
        assertNotEquals(usual, digest(new long[][] {{1, 0, 7, 9}, {2, 0, 7, 8}}));
        assertNotEquals(usual, digest(new long[][] {{1, 0, 7, 9}}));
        assertNotEquals(
                digest(new long[][] {{1, 0, 7, 1}, {1, 0, 7, 2}}),
                digest(new long[][] {{1, 0, 7, 2}, {1, 0, 7, 1}}));
    }

    @Test
    void theDigestDoesNotDependOnHowARunWasCutIntoPieces() {
        Kernel whole = new Kernel();
        Kernel pieces = new Kernel();
        for (Kernel each : List.of(whole, pieces)) {
            each.register((kind, argument, payload) -> each.fold(argument));
            for (int i = 0; i < 1_000; i++) {
                each.schedule(i * 37L % 1_000, 0, i, i, null);
            }
        }
        whole.run(Long.MAX_VALUE, Long.MAX_VALUE);
        for (long until = 0; until < 1_000; until += 50) {
            pieces.nextTime();
            pieces.run(until, 3);
            pieces.run(until, Long.MAX_VALUE);
        }
        while (pieces.step()) {
            pieces.nextTime();
        }
        assertEquals(whole.digest(), pieces.digest());
    }

    /** The digest is in golden files: it moves only with a commit that says why. */
    @Test
    void theDigestOfAKnownCourseIsKnown() {
        assertEquals(
                8519008249784823058L,
                digest(new long[][] {{1, 0, 7, 9}, {2, 1, -1, Long.MIN_VALUE}}));
    }

    private static long digest(long[][] events) {
        Kernel fresh = new Kernel();
        fresh.register((kind, argument, payload) -> {});
        fresh.register((kind, argument, payload) -> {});
        for (long[] event : events) {
            fresh.schedule(event[0], (int) event[1], (int) event[2], event[3], null);
        }
        fresh.run(Long.MAX_VALUE, Long.MAX_VALUE);
        return fresh.digest();
    }

    private void assertRefused(String message, long time, int process) {
        var refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> kernel.schedule(time, process, 0, 0, null));
        assertEquals(message, refusal.getMessage());
    }

    private long schedule(long time, long argument) {
        return kernel.schedule(time, recorder, 0, argument, null);
    }
}
