package cairn.experiment.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.experiment.interval.Advisor.Advice;
import cairn.fault.SeededChoices;
import cairn.model.choice.Choice;
import cairn.model.choice.Law;
import cairn.report.Finding;
import cairn.report.statistics.Family;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Laws fitted to recorded failures: those that they were drawn from are found again. */
class FittedLawsTest {

    /** Minutes of 2000-01-01. */
    private static final long LATE = 15_778_080;

    private static List<Failure> drawn(Law minutes, int count) {
        var gap = new Choice("gap", minutes, new SeededChoices(5));
        List<Failure> failures = new ArrayList<>();
        long at = LATE;
        for (int i = 0; i < count; i++) {
            at += gap.ask();
            failures.add(new Failure(2, i % 49, at, 10));
        }
        return failures;
    }

    @Test
    void theShapeThatFailuresWereDrawnWithIsFound() {
        SystemFit fit = SystemFit.of("drawn", drawn(new Law.Weibull(1_000, 0.7), 2_001));
        assertEquals(0.7, fit.shape(), 3 * fit.shapeError());
        assertEquals(Family.WEIBULL, fit.fits().getFirst().family());
        assertTrue(fit.goodness() > 0.01, "p " + fit.goodness());
        Advice advice = fit.advice();
        assertTrue(advice.efficiency() >= advice.efficiencyOfDaly(), advice.toString());
    }

    @Test
    void failuresOfTheSameMinuteAreCountedAndNotFitted() {
        List<Failure> failures = new ArrayList<>(drawn(new Law.Exponential(1, 100), 100));
        failures.add(failures.getLast());
        failures.add(failures.getLast());
        SystemFit fit = SystemFit.of("drawn", failures);
        assertEquals(2, fit.simultaneous());
        assertEquals(99, fit.gaps());
    }

    @Test
    void failuresThatFollowAnotherLawAreNotThePublishedOnes() {
        List<Failure> failures = new ArrayList<>(drawn(new Law.Exponential(1, 500), 4_000));
        failures.add(new Failure(2, 1, LATE - 2_000, 1));
        failures.add(new Failure(2, 1, LATE - 1_000, 1));
        var laws = new FailureLaws(new FailureTrace(failures, Map.of()));
        assertEquals(Finding.VIOLATED, laws.finding());
        assertTrue(laws.section().contains("✗"), laws.section());
    }

    @Test
    void ofASystemThatNobodyPublishedNothingIsConcluded() {
        List<Failure> failures = drawn(new Law.Exponential(1, 500), 60);
        var laws = new FailureLaws(new FailureTrace(failures, Map.of("not a time", 3)));
        assertEquals(Finding.INCONCLUSIVE, laws.finding());
        assertTrue(laws.section().contains("3 (not a time)"), laws.section());
    }

    @Test
    void thePublishedShapesAreThoseOfThePublishedFailures() {
        String file = System.getProperty("cairn.failures", "");
        assumeTrue(
                !file.isEmpty(),
                "the Los Alamos failure data is not here; say where by -Dcairn.failures=FILE");
        assertEquals(Finding.HOLDS, new FailureLaws(FailureTrace.read(Path.of(file))).finding());
    }
}
