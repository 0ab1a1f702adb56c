package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Regression, warm-up and batch means: what is read off series of figures. */
final class SeriesTest {

    /** The NIST's Norris data set, whose answers are certified: y and x in turn. */
    private static final double[] NORRIS = {
        0.1, 0.2, 338.8, 337.4, 118.1, 118.2, 888.0, 884.6, 9.2, 10.1, 228.1, 226.5, 668.5, 666.3,
        998.5, 996.3, 449.1, 448.6, 778.9, 777.0, 559.2, 558.2, 0.3, 0.4, 0.1, 0.6, 778.1, 775.5,
        668.8, 666.9, 339.3, 338.0, 448.9, 447.5, 10.8, 11.6, 557.7, 556.0, 228.3, 228.1, 998.0,
        995.8, 888.8, 887.6, 119.6, 120.2, 0.3, 0.3, 0.6, 0.3, 557.6, 556.8, 339.3, 339.1, 888.0,
        887.2, 998.5, 999.0, 778.9, 779.0, 10.2, 11.1, 117.6, 118.3, 228.9, 229.2, 668.4, 669.1,
        449.2, 448.9, 0.2, 0.5
    };

    @Test
    void theLineThroughTheCertifiedDataIsTheCertifiedOne() {
        double[] x = new double[36];
        double[] y = new double[36];
        Arrays.setAll(y, i -> NORRIS[2 * i]);
        Arrays.setAll(x, i -> NORRIS[2 * i + 1]);
        Regression line = Regression.line(x, y, 0.95);
        assertEquals(-0.262323073774029, line.intercept().value(), 1e-11);
        assertEquals(1.00211681802045, line.slope().value(), 1e-13);
        assertEquals(0.999993745883712, line.explained(), 1e-13);
        // The 97.5 % quantile of t with 34 degrees of freedom times the certified deviation.
        double t = 2.032244509317719;
        assertEquals(0.429796848199937e-3 * t, line.slope().high() - line.slope().value(), 1e-12);
        assertEquals(
                0.232818234301152 * t, line.intercept().high() - line.intercept().value(), 1e-10);
        assertEquals(36, line.slope().n());
    }

    @Test
    void aPowerLawIsReadOffItsLogarithms() {
        double[] x = {1, 2, 4, 8, 16};
        double[] y = Arrays.stream(x).map(v -> 3 * Math.pow(v, 0.5)).toArray();
        Regression power = Regression.power(x, y, 0.95);
        assertEquals(0.5, power.slope().value(), 1e-12);
        assertEquals(3, power.intercept().value(), 1e-12);
        assertEquals(30, power.at(100), 1e-9);
        assertThrows(
                IllegalArgumentException.class,
                () -> Regression.power(new double[] {0, 1, 2}, new double[3], 0.95));
        assertThrows(
                IllegalArgumentException.class,
                () -> Regression.line(new double[] {1, 1, 1}, new double[3], 0.95));
    }

    @Test
    void theWarmUpEndsWhereTheSeriesSettles() {
        var random = new MersenneTwister(2);
        double[] series = new double[1000];
        Arrays.setAll(series, i -> 100 + (i < 150 ? 80 : 0) + 5 * random.nextGaussian());
        WarmUp warmUp = WarmUp.of(series);
        assertTrue(warmUp.settled());
        assertEquals(150, warmUp.drop(), 10);
    }

    @Test
    void aSettledSeriesLosesLittle() {
        var random = new MersenneTwister(4);
        double[] series = new double[1000];
        Arrays.setAll(series, _ -> 1e9 + random.nextGaussian());
        assertTrue(WarmUp.of(series).drop() < 150);
        assertEquals(new WarmUp(0, true), WarmUp.of(new double[100]));
    }

    @Test
    void aSeriesThatGrowsToItsEndDoesNotSettle() {
        double[] series = new double[200];
        Arrays.setAll(series, i -> (double) i * i);
        assertFalse(WarmUp.of(series).settled());
        assertThrows(IllegalArgumentException.class, () -> WarmUp.of(new double[9]));
    }

    @Test
    void theTruncationMinimisesWhitesStatisticByTheBook() {
        double[] series = new double[300];
        var random = new MersenneTwister(9);
        Arrays.setAll(series, i -> 50 * Math.exp(-i / 25.0) + random.nextGaussian());
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int first = 0; first < 60 - 5; first++) {
            double mean = Arrays.stream(series, 5 * first, 300).average().orElseThrow();
            double squares = 0;
            for (int i = first; i < 60; i++) {
                double batch = Arrays.stream(series, 5 * i, 5 * i + 5).average().orElseThrow();
                squares += (batch - mean) * (batch - mean);
            }
            double statistic = squares / (60 - first) / (60 - first);
            if (statistic < least) {
                least = statistic;
                best = 5 * first;
            }
        }
        assertEquals(best, WarmUp.of(series).drop());
    }

    @Test
    void batchesCoverTheMeanOfDependentObservationsWhereSingleOnesDoNot() {
        var random = new MersenneTwister(6);
        int batched = 0;
        int single = 0;
        int experiments = 400;
        for (int e = 0; e < experiments; e++) {
            double[] series = new double[2000];
            double state = 0;
            for (int i = 0; i < series.length; i++) {
                state = 0.8 * state + random.nextGaussian();
                series[i] = state;
            }
            batched += covers(BatchMeans.of(series, BatchMeans.USUAL, 0.95).mean());
            single += covers(Statistics.mean(series, 0.95));
        }
        assertEquals(0.94, (double) batched / experiments, 0.03);
        assertTrue(single < 0.6 * experiments);
    }

    private static int covers(Estimate mean) {
        return mean.low() <= 0 && 0 <= mean.high() ? 1 : 0;
    }

    @Test
    void neighbouringBatchesThatAreTooShortBetrayThemselves() {
        double[] wave = new double[200];
        Arrays.setAll(wave, i -> Math.sin(i / 15.0));
        assertTrue(BatchMeans.of(wave, 40, 0.95).neighbours() > 0.8);
        BatchMeans turns = BatchMeans.of(new double[] {1, 2, 1, 2, 1, 2, 9}, 6, 0.95);
        assertEquals(1.5, turns.mean().value(), 1e-12);
        assertEquals(-5.0 / 6, turns.neighbours(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> BatchMeans.of(new double[5], 6, 0.95));
    }
}
