package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Where a run settles, and at what throughput. */
class SteadyTest {

    private static final long STEP = 1_000_000;

    /** One that doubles at a step, with noise, and ends there. */
    private static TrialResult run(int steps, int doublesAt, List<FaultMark> faults) {
        var random = new Random(1);
        long[] counts = new long[steps];
        for (int step = 0; step < steps; step++) {
            counts[step] = (step < doublesAt ? 50L : 100L) + random.nextInt(9) - 4;
        }
        return run(counts, faults);
    }

    private static TrialResult run(long[] counts, List<FaultMark> faults) {
        int steps = counts.length;
        return new TrialResult(
                1,
                "0",
                steps * STEP,
                new Counts(1, 1, 0, 0, 0),
                List.of(),
                DurationHistogram.EMPTY,
                DurationHistogram.EMPTY,
                DurationHistogram.EMPTY,
                new Throughput(STEP, counts, steps * STEP),
                faults,
                Breakdown.NONE,
                new Replay("./cairn replay x", Optional.empty()));
    }

    @Test
    void theWarmUpIsLeftOutAndTheIntervalHoldsTheTruth() {
        Steady steady = Steady.of(run(200, 20, List.of())).orElseThrow();
        // Exactly the step, or a little later where what follows it is quieter by chance.
        assertEquals(30.0 * STEP, steady.warmUpNanos(), 10.0 * STEP);
        assertTrue(steady.throughput().low() < 100_000, steady.text());
        assertTrue(steady.throughput().high() > 100_000, steady.text());
        assertTrue(steady.throughput().low() > 98_000, steady.text());
        assertTrue(
                steady.text().matches(".* k/s \\(.* n = 20 batches\\) after a warm-up of .* ms"),
                steady.text());
    }

    @Test
    void nothingIsSaidOfARunThatIsShortOrDoesNotSettleOrWasStruck() {
        assertEquals(Optional.empty(), Steady.of(run(30, 2, List.of())));
        assertEquals(Optional.empty(), Steady.of(run(200, 150, List.of())));
        assertEquals(Optional.empty(), Steady.of(run(200, 20, List.of(new FaultMark(5, "crash")))));
    }

    @Test
    void aRunThatHadHardlyBegunToAnswerHasNotSettledBelowZero() {
        long[] counts = new long[50];
        counts[46] = 8;
        counts[47] = 1;
        counts[48] = 7;
        counts[49] = 4;
        assertEquals(Optional.empty(), Steady.of(run(counts, List.of())));
    }
}
