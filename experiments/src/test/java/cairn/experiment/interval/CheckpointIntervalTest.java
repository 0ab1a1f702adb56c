package cairn.experiment.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointIntervalTest {

    private static final double CLOSE = 1e-4;

    /**
     * Young's, Daly's and the exact interval and their efficiency, over the cost, in parts of M.
     */
    @ParameterizedTest
    @CsvSource({
        "0.001, 0.04472, 0.04406, 0.04406, 0.9559, 0.9559, 0.9559",
        "0.01, 0.14142, 0.13483, 0.13483, 0.8650, 0.8652, 0.8652",
        "0.05, 0.31623, 0.28377, 0.28381, 0.7150, 0.7162, 0.7162",
        "0.1, 0.44721, 0.38303, 0.38318, 0.6139, 0.6168, 0.6168",
        "0.25, 0.70711, 0.55026, 0.55122, 0.4408, 0.4488, 0.4488",
        "0.5, 1.00000, 0.69444, 0.69829, 0.2872, 0.3017, 0.3017",
        "1.0, 1.41421, 0.82611, 0.84141, 0.1389, 0.1586, 0.1586",
        "2.0, 2.00000, 1.00000, 0.94753, 0.0373, 0.0524, 0.0525"
    })
    void theThreeRulesAreThoseOfTheirPapers(
            double cost,
            double young,
            double daly,
            double exact,
            double efficiencyOfYoung,
            double efficiencyOfDaly,
            double efficiencyOfExact) {
        assertEquals(young, CheckpointInterval.young(cost, 1), CLOSE);
        assertEquals(daly, CheckpointInterval.daly(cost, 1), CLOSE);
        assertEquals(exact, CheckpointInterval.exact(cost, 1), CLOSE);
        assertEquals(efficiencyOfYoung, CheckpointInterval.efficiency(young, cost, 0, 1), CLOSE);
        assertEquals(efficiencyOfDaly, CheckpointInterval.efficiency(daly, cost, 0, 1), CLOSE);
        assertEquals(efficiencyOfExact, CheckpointInterval.efficiency(exact, cost, 0, 1), CLOSE);
    }

    /** Daly 2006, figures 3 to 5: minutes, five for a checkpoint, ten for a restart. */
    @ParameterizedTest
    @CsvSource({
        "1440, 116.69, 116.69, 596.83, 547.88, 602.13",
        "360, 56.71, 56.71, 714.23, 610.22, 737.62",
        "15, 9.14, 9.17, 3990.30, 2504.16, 6008.99"
    })
    void runTimesAreThoseOfDalysFigures(
            double mtbf, double daly, double exact, double quarter, double best, double fourfold) {
        assertEquals(daly, CheckpointInterval.daly(5, mtbf), 0.01);
        assertEquals(exact, CheckpointInterval.exact(5, mtbf), 0.01);
        double optimum = CheckpointInterval.exact(5, mtbf);
        assertEquals(quarter, hours(optimum / 4, mtbf), 0.01);
        assertEquals(best, hours(optimum, mtbf), 0.01);
        assertEquals(fourfold, hours(4 * optimum, mtbf), 0.01);
    }

    private static double hours(double interval, double mtbf) {
        return CheckpointInterval.runTime(500 * 60, interval, 5, 10, mtbf) / 60;
    }

    @Test
    void nothingIsBetterThanTheExactOptimum() {
        for (double cost : new double[] {1e-6, 1e-3, 0.1, 1, 10, 100}) {
            double optimum = CheckpointInterval.exact(cost, 1);
            double best = CheckpointInterval.runTime(1, optimum, cost, 0, 1);
            assertTrue(CheckpointInterval.runTime(1, 0.99 * optimum, cost, 0, 1) >= best);
            assertTrue(CheckpointInterval.runTime(1, 1.01 * optimum, cost, 0, 1) >= best);
        }
    }

    @Test
    void lambertsWIsTheInverseOfWTimesExpW() {
        for (double w = -0.999; w < 20; w += 0.173) {
            assertEquals(w, LambertW.of(w * Math.exp(w)), 1e-9 * (1 + Math.abs(w)), "w = " + w);
        }
        assertEquals(-1, LambertW.of(-1 / Math.E), 1e-6);
        assertEquals(0, LambertW.of(0));
        assertEquals(0.567143290409784, LambertW.of(1), 1e-14);
        assertThrows(IllegalArgumentException.class, () -> LambertW.of(-0.4));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> CheckpointInterval.young(0, 1));
        assertThrows(IllegalArgumentException.class, () -> CheckpointInterval.daly(1, -1));
        assertThrows(
                IllegalArgumentException.class, () -> CheckpointInterval.runTime(1, 0, 1, 0, 1));
    }
}
