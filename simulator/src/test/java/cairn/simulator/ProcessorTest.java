package cairn.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        processor.slow(1);
        assertEquals(300, processor.interrupt(WORK, 3_400));
    }

    @Test
    void workThatIsDoneOrUnknownHasNothingLeft() {
        processor.compute(WORK, 0, 1_000);
        assertEquals(0, processor.interrupt(WORK + 1, 400));
        assertEquals(0, processor.interrupt(WORK, 1_000));
    }
}
