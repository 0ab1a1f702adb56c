package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    void workThatIsDoneOrUnknownHasNothingLeft() {
        processor.compute(WORK, 0, 1_000);
        assertEquals(0, processor.interrupt(WORK + 1, 400));
        assertEquals(0, processor.interrupt(WORK, 1_000));
    }
}
