package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

final class FitTest {

    /** Days until cancer appeared in rats; M. Pike, Biometrics 22 (1966), group 1. */
    private static final double[] RATS = {
        143, 164, 188, 188, 190, 192, 206, 209, 213, 216, 220, 227, 230, 234, 246, 265, 304
    };

    @Test
    void everyLawOfThePublishedSampleIsThatOfScipy() {
        check(
                Family.EXPONENTIAL,
                -108.20756778049386,
                0.48766460032479475,
                5.510306856193473,
                213.8235294117647);
        check(
                Family.WEIBULL,
                -86.22259807958147,
                0.1480857315432349,
                0.4526284156434457,
                5.951789854337839,
                229.4046257810727);
        check(
                Family.LOGNORMAL,
                -85.05256951962002,
                0.13438147074028442,
                0.2313581362540802,
                Math.log(210.7441527173197),
                0.1709317269331973);
        check(
                Family.GAMMA,
                -85.03364373448409,
                0.12925084855607227,
                0.2243580236292111,
                34.6338882837461,
                6.1738239628183305);
    }

    private static void check(
            Family family, double likelihood, double d, double a, double... parameters) {
        Fit fit = Fit.of(family, RATS);
        for (int i = 0; i < parameters.length; i++) {
            assertEquals(
                    parameters[i], fit.parameters().get(i), 2e-4 * parameters[i], fit::toString);
        }
        assertEquals(likelihood, fit.logLikelihood(), 1e-6);
        assertEquals(d, fit.kolmogorov(), 1e-4);
        assertEquals(a, fit.anderson(), 1e-3);
        assertEquals(parameters.length, family.parameters().size());
    }

    @Test
    void theLawOfTheLeastCriterionComesFirst() {
        assertEquals(
                List.of(Family.GAMMA, Family.LOGNORMAL, Family.WEIBULL, Family.EXPONENTIAL),
                Fit.all(RATS).stream().map(Fit::family).toList());
    }

    @Test
    void aLawIsFoundAgainInWhatWasDrawnFromIt() {
        for (Family family : Family.values()) {
            double[] truth =
                    family == Family.EXPONENTIAL ? new double[] {9} : new double[] {0.7, 3};
            RealDistribution law = family.law(truth, new MersenneTwister(3));
            Fit fit = Fit.of(family, law.sample(4000));
            Fit.Goodness goodness = fit.goodness(200, 0.99);
            for (int i = 0; i < truth.length; i++) {
                Estimate interval = goodness.intervals().get(i);
                assertTrue(
                        interval.low() <= truth[i] && truth[i] <= interval.high(),
                        () -> family + ": " + interval);
            }
            assertTrue(goodness.kolmogorovP() > 0.01, family::toString);
        }
    }

    @Test
    void anExponentialLawIsRefusedForFailuresThatCluster() {
        double[] sample =
                Family.WEIBULL.law(new double[] {0.6, 1}, new MersenneTwister(8)).sample(200);
        assertTrue(Fit.of(Family.EXPONENTIAL, sample).goodness(300, 0.95).andersonP() < 0.01);
        assertTrue(Fit.of(Family.WEIBULL, sample).goodness(300, 0.95).andersonP() > 0.05);
    }

    @Test
    void estimatedParametersAreAllowedForAsLillieforsDid() {
        // J. Durbin (1975): the 5 % point of D for an exponential law with estimated mean is 0.2342
        // at n = 20; tables for a given law say 0.2941, which would refuse next to nothing.
        var random = new MersenneTwister(11);
        double[] distances = new double[4000];
        Arrays.setAll(
                distances,
                _ -> {
                    double[] sample = Family.EXPONENTIAL.law(new double[] {5}, random).sample(20);
                    return Fit.of(Family.EXPONENTIAL, sample).kolmogorov();
                });
        assertEquals(0.2342, Statistics.quantile(Sample.of(distances), 0.95, 0.95).value(), 0.006);
    }

    @Test
    void whatNoDurationCanBeIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Fit.of(Family.WEIBULL, new double[] {1, 0}));
        assertThrows(
                IllegalArgumentException.class, () -> Fit.of(Family.GAMMA, new double[] {2, 2}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Fit.of(Family.LOGNORMAL, new double[] {1, Double.POSITIVE_INFINITY}));
    }

    @Test
    void hugeAndTinyDurationsAreFittedAlike() {
        for (double unit : new double[] {1e-12, 1, 1e15}) {
            double[] scaled = Arrays.stream(RATS).map(v -> v * unit).toArray();
            assertEquals(
                    5.951789854337839, Fit.of(Family.WEIBULL, scaled).parameters().get(0), 1e-3);
            assertEquals(34.6338882837461, Fit.of(Family.GAMMA, scaled).parameters().get(0), 1e-2);
        }
    }
}
