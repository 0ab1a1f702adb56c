package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ProcessorTest {

    private static final long WORK = 7;

    private final Processor processor = new Processor(1);

    @Test
    void whatIsInterruptedHasAsMuchLeftHoweverSlowTheProcessorBecameMeanwhile() {
        assertEquals(1_000, processor.compute(WORK, 0, 1_000));
        processor.slow(10);
        assertEquals(600, processor.interrupt(WORK, 400));
        assertEquals(6_400, processor.compute(WORK, 400, 600));
        processor.recover(10);
        assertEquals(300, processor.interrupt(WORK, 3_400));
    }

    @Test
    void twoCausesOfSlownessActOneAfterTheOtherAndEachEndsItsOwn() {
        processor.slow(10);
        processor.slow(3);
        assertEquals(3_000, processor.nanos(100));
        processor.recover(10);
        assertEquals(300, processor.nanos(100));
        processor.recover(3);
        assertEquals(100, processor.nanos(100));
        assertThrows(IllegalStateException.class, () -> processor.recover(3));
    }

    @Test
    void workBehindWhichOtherWorkWaitsIsInterruptedToo() {
        assertEquals(1_000, processor.compute(1, 0, 1_000));
        assertEquals(2_000, processor.compute(2, 0, 1_000));
        assertEquals(600, processor.interrupt(1, 400));
        assertEquals(1_000, processor.interrupt(2, 400));
        assertEquals(500, processor.compute(3, 400, 100));
    }

    @Test
    void aCoreIsNotFreeBeforeWhatItStillHasToDoIsDone() {
        processor.compute(1, 0, 1_000);
        processor.compute(2, 0, 1_000);
        processor.interrupt(1, 400);
        assertEquals(2_100, processor.compute(3, 400, 100));
        processor.interrupt(3, 400);
        assertEquals(2_200, processor.compute(4, 400, 200));
    }

    @Test
    void whatWasInterruptedDoesNotEnd() {
        processor.compute(1, 0, 1_000);
        processor.compute(2, 0, 1_000);
        processor.interrupt(1, 400);
        assertFalse(processor.ends(1, 1_000));
        assertTrue(processor.ends(2, 2_000));
        assertFalse(processor.ends(2, 2_000));
    }

    @Test
    void whatIsInterruptedJustBeforeItsEndHasSomethingLeft() {
        processor.slow(10);
        processor.compute(WORK, 0, 100);
        assertEquals(1, processor.interrupt(WORK, 998));
    }

    @Test
    void aProcessFindsNothingOfWhatTheOneBeforeComputed() {
        processor.compute(WORK, 0, 1_000);
        processor.clear();
        assertEquals(0, processor.interrupt(WORK, 400));
        assertEquals(500, processor.compute(WORK, 400, 100));
    }

    @Test
    void workThatIsDoneOrUnknownHasNothingLeft() {
        processor.compute(WORK, 0, 1_000);
        assertEquals(0, processor.interrupt(WORK + 1, 400));
        assertEquals(0, processor.interrupt(WORK, 1_000));
    }
}
