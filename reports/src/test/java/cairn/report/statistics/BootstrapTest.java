package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

final class BootstrapTest {

    /** Spatial perception, test A; Efron and Tibshirani (1993), table 14.1. */
    private static final double[] SPATIAL = {
        48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26,
        30, 41
    };

    private static double median(double[] sample) {
        return Statistics.median(Sample.of(sample));
    }

    @Test
    void theVarianceOfThePublishedSampleHasThePublishedInterval() {
        // Table 14.2: 171.5, and BCa at 90 % from 115.8 to 259.6; their 2,000 resamples, and ours,
        // leave a few units open. With 100,000 it is 115.9 to 262.1.
        Estimate variance = Bootstrap.of(SPATIAL, BootstrapTest::variance, 0.9);
        assertEquals(171.534, variance.value(), 1e-3);
        assertEquals(115.8, variance.low(), 5);
        assertEquals(261, variance.high(), 8);
        assertEquals(26, variance.n());
    }

    @Test
    void theIntervalFollowsTheSkewOfTheStatistic() {
        Estimate variance = Bootstrap.of(SPATIAL, BootstrapTest::variance, 0.9);
        double below = variance.value() - variance.low();
        assertTrue(variance.high() - variance.value() > 1.4 * below, variance::toString);
    }

    @Test
    void itCoversSkewedObservationsAboutAsOftenAsItPromises() {
        var random = new MersenneTwister(7);
        int covered = 0;
        int experiments = 400;
        for (int i = 0; i < experiments; i++) {
            double[] sample = new double[40];
            Arrays.setAll(sample, _ -> -Math.log(1 - random.nextDouble()));
            Estimate mean = Bootstrap.of(sample, BootstrapTest::mean, 0.95);
            covered += mean.low() <= 1 && 1 <= mean.high() ? 1 : 0;
        }
        // Plain percentiles cover 92 % here.
        assertEquals(0.945, (double) covered / experiments, 0.025);
    }

    @Test
    void theSameDataGiveTheSameIntervalAndOthersAnother() {
        double[] sample = {1, 5, 2, 8, 3, 9, 4};
        Estimate once = Bootstrap.of(sample, BootstrapTest::mean, 0.95);
        assertEquals(once, Bootstrap.of(sample.clone(), BootstrapTest::mean, 0.95));
        double[] moved = {1.5, 5, 2, 8, 3, 9, 4};
        assertNotEquals(once, Bootstrap.of(moved, BootstrapTest::mean, 0.95));
    }

    @Test
    void pairsStayTogether() {
        double[] first = {10, 200, 3000, 40_000, 500_000, 6_000_000};
        double[] second = Arrays.stream(first).map(v -> v / 2).toArray();
        Estimate paired = Bootstrap.ofPairs(first, second, (a, b) -> mean(a) / mean(b), 0.95);
        assertEquals(new Estimate(2, 2, 2, 6, 0.95), paired);
        Estimate apart = Bootstrap.ofTwo(first, second, (a, b) -> mean(a) / mean(b), 0.95);
        assertTrue(apart.low() < 1 && apart.high() > 4, apart::toString);
    }

    @Test
    void equalObservationsHaveAnIntervalOfNoWidth() {
        double[] same = {7, 7, 7, 7, 7, 7};
        assertEquals(
                new Estimate(7, 7, 7, 6, 0.95), Bootstrap.of(same, BootstrapTest::median, 0.95));
    }

    @Test
    void fourObservationsHaveNoInterval() {
        assertFalse(
                Bootstrap.of(new double[] {1, 2, 3, 4}, BootstrapTest::median, 0.95).hasInterval());
    }

    private static double mean(double[] sample) {
        return Arrays.stream(sample).sum() / sample.length;
    }

    private static double variance(double[] sample) {
        double mean = mean(sample);
        return Arrays.stream(sample).map(v -> (v - mean) * (v - mean)).sum() / sample.length;
    }
}
