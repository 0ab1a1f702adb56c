package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

final class StatisticsTest {
    private static final int EXPERIMENTS = 4000;

    @Test
    void theMeanOfAKnownSampleHasStudentsInterval() {
        // Variance 2.9 / 4, and the 97.5 % quantile of t with 4 degrees of freedom from a table.
        Estimate mean = Statistics.mean(new double[] {4.1, 5.0, 5.9, 6.2, 4.8}, 0.95);
        assertEquals(5.2, mean.value(), 1e-12);
        double error = 2.776445105198 * Math.sqrt(0.725 / 5);
        assertEquals(5.2 - error, mean.low(), 1e-9);
        assertEquals(5.2 + error, mean.high(), 1e-9);
        assertEquals(5, mean.n());
    }

    @Test
    void equalObservationsHaveAnIntervalOfNoWidthAtExactlyTheirValue() {
        Estimate mean = Statistics.mean(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, 0.95);
        assertEquals(new Estimate(0.1, 0.1, 0.1, 6, 0.95), mean);
    }

    @Test
    void aSingleObservationHasNoInterval() {
        assertFalse(Statistics.mean(new double[] {3}, 0.95).hasInterval());
        assertFalse(Statistics.median(new double[] {3}, 0.95).hasInterval());
    }

    @Test
    void theMedianOfTenLiesBetweenTheSecondAndTheNinth() {
        // Known from tables of order statistics: ranks 2 and 9 cover with 97.9 %, 3 and 8 with 89.1
        // %.
        assertEquals(Optional.of(new Statistics.Ranks(2, 9)), Statistics.ranks(10, 0.5, 0.95));
        double[] sample = {10, 2, 8, 4, 6, 1, 9, 3, 7, 5};
        assertEquals(new Estimate(5.5, 2, 9, 10, 0.95), Statistics.median(sample, 0.95));
    }

    @Test
    void sixObservationsAreTheFewestThatBoundAMedian() {
        assertEquals(Optional.empty(), Statistics.ranks(5, 0.5, 0.95));
        assertEquals(Optional.of(new Statistics.Ranks(1, 6)), Statistics.ranks(6, 0.5, 0.95));
    }

    @Test
    void aHighQuantileNeedsManyObservationsToBeBoundedFromAbove() {
        // 1 - 0.99^n exceeds 0.975 from n = 368 on.
        assertEquals(Optional.empty(), Statistics.ranks(367, 0.99, 0.95));
        assertTrue(Statistics.ranks(368, 0.99, 0.95).isPresent());
    }

    @Test
    void studentsIntervalCoversTheMeanOfNormalObservationsAsOftenAsItPromises() {
        double covered = coverage(10, r -> r.nextGaussian(), s -> Statistics.mean(s, 0.95), 0);
        assertEquals(0.95, covered, 0.012);
    }

    @Test
    void theIntervalOfTheMedianCoversSkewedObservationsAtLeastAsOftenAsItPromises() {
        double covered =
                coverage(
                        25,
                        r -> Math.exp(2 * r.nextGaussian()),
                        s -> Statistics.median(s, 0.95),
                        1);
        assertTrue(covered >= 0.945 && covered <= 0.985, () -> "covered " + covered);
    }

    @Test
    void theIntervalOfAHighQuantileCoversToo() {
        double covered =
                coverage(
                        120,
                        MersenneTwister::nextDouble,
                        s -> Statistics.quantile(Sample.of(s), 0.9, 0.9),
                        0.9);
        assertTrue(covered >= 0.89 && covered <= 0.96, () -> "covered " + covered);
    }

    @Test
    void anEmptySampleAndAConfidenceOfOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.mean(new double[0], 0.95));
        assertThrows(IllegalArgumentException.class, () -> Statistics.mean(new double[1], 1));
        assertThrows(IllegalArgumentException.class, () -> Statistics.ranks(9, 1, 0.95));
    }

    private static double coverage(
            int n,
            Function<MersenneTwister, Double> law,
            Function<double[], Estimate> interval,
            double truth) {
        var random = new MersenneTwister(20260101);
        int covered = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            double[] sample = new double[n];
            Arrays.setAll(sample, _ -> law.apply(random));
            Estimate estimate = interval.apply(sample);
            covered += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        }
        return (double) covered / EXPERIMENTS;
    }
}
