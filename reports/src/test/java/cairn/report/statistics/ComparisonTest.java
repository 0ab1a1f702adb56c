package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.MersenneTwister;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Against the values that R 4.2 and SciPy 1.16 give, and against published examples. */
final class ComparisonTest {

    /** Hamilton depression scale before and after; M. Hollander and D. Wolfe (1973), page 29. */
    private static final double[] BEFORE = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};

    private static final double[] AFTER = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};

    /** Permeability at term and at half term; Hollander and Wolfe, page 69. */
    private static final double[] TERM = {
        0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46
    };

    private static final double[] HALF = {1.15, 0.88, 0.90, 0.74, 1.21};

    @Test
    void signedRanksOfThePublishedPairs() {
        Significance test = Wilcoxon.paired(Sample.of(BEFORE), Sample.of(AFTER));
        assertEquals(40, test.statistic());
        assertEquals(0.0390625, test.p(), 1e-12);
        assertEquals(2 * 40.0 / 45 - 1, test.effect().size(), 1e-12);
        assertEquals("large", test.effect().word());
    }

    @Test
    void rankSumsOfThePublishedSamples() {
        Significance test = Wilcoxon.unpaired(Sample.of(TERM), Sample.of(HALF));
        assertEquals(35, test.statistic());
        assertEquals(0.2544122544122544, test.p(), 1e-12);
        assertEquals(2 * 35.0 / 50 - 1, test.effect().size(), 1e-12);
    }

    @Test
    void tiesShareTheirRanksAndPStaysExact() {
        // Of the 462 ways to deal out the ranks, 19 have a sum as small, by enumeration.
        Significance test =
                Wilcoxon.unpaired(
                        Sample.of(new double[] {1, 2, 2, 3, 5}),
                        Sample.of(new double[] {2, 4, 5, 5, 6, 7}));
        assertEquals(5, test.statistic());
        assertEquals(2 * 19.0 / 462, test.p(), 1e-12);
    }

    @Test
    void manyObservationsAreJudgedByTheNormalApproximation() {
        double[] first = new double[120];
        double[] second = new double[120];
        Arrays.setAll(first, i -> i * 37 % 101);
        Arrays.setAll(second, i -> i * 53 % 97 + 8);
        Significance unpaired = Wilcoxon.unpaired(Sample.of(first), Sample.of(second));
        assertEquals(6398, unpaired.statistic());
        assertEquals(0.136099174265204, unpaired.p(), 1e-9);
        Significance paired = Wilcoxon.paired(Sample.of(first), Sample.of(second));
        assertEquals(2979.5, paired.statistic());
        assertEquals(0.117672344822336, paired.p(), 1e-9);
    }

    @Test
    void aDifferenceThatIsNoneIsFoundAsSeldomAsPromised() {
        var random = new MersenneTwister(5);
        int unpaired = 0;
        int paired = 0;
        int experiments = 2000;
        for (int i = 0; i < experiments; i++) {
            double[] first = new double[12];
            double[] second = new double[12];
            Arrays.setAll(first, _ -> Math.exp(2 * random.nextGaussian()));
            Arrays.setAll(second, _ -> Math.exp(2 * random.nextGaussian()));
            unpaired += Wilcoxon.unpaired(Sample.of(first), Sample.of(second)).p() <= 0.05 ? 1 : 0;
            paired += Wilcoxon.paired(Sample.of(first), Sample.of(second)).p() <= 0.05 ? 1 : 0;
        }
        assertEquals(0.045, (double) unpaired / experiments, 0.012);
        assertEquals(0.045, (double) paired / experiments, 0.012);
    }

    @Test
    void identicalSamplesDifferByNothing() {
        double[] same = {1, 2, 3, Double.POSITIVE_INFINITY};
        assertEquals(1, Wilcoxon.paired(Sample.of(same), Sample.of(same)).p());
        assertEquals(1, Wilcoxon.unpaired(Sample.of(same), Sample.of(same)).p());
        assertEquals(0, Wilcoxon.paired(Sample.of(same), Sample.of(same)).effect().size());
        assertEquals(1, Student.paired(BEFORE, BEFORE).p());
        assertThrows(
                IllegalArgumentException.class,
                () -> Wilcoxon.paired(Sample.of(TERM), Sample.of(HALF)));
    }

    @Test
    void studentsTestsOfTheSameSamples() {
        Significance paired = Student.paired(BEFORE, AFTER);
        assertEquals(3.0353754156485917, paired.statistic(), 1e-12);
        assertEquals(0.016176627434908088, paired.p(), 1e-12);
        assertEquals(3.0353754156485917 / 3, paired.effect().size(), 1e-12);
        Significance welch = Student.unpaired(TERM, HALF);
        assertEquals(2.0413830922100695, welch.statistic(), 1e-12);
        assertEquals(0.06210134378107847, welch.p(), 1e-9);
        assertEquals("large", welch.effect().word());
    }

    @Test
    void aDifferenceWithoutScatterIsCertain() {
        double[] one = {1, 1, 1};
        double[] two = {2, 2, 2};
        assertEquals(0, Student.unpaired(one, two).p());
        assertEquals(0, Student.paired(two, one).p());
        assertEquals(Double.POSITIVE_INFINITY, Student.paired(two, one).effect().size());
    }

    @Test
    void holmsCorrectionOfAKnownExample() {
        // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") in R.
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06, 0.02},
                Holm.corrected(new double[] {0.01, 0.04, 0.03, 0.005}),
                1e-15);
        assertArrayEquals(new double[] {1, 1}, Holm.corrected(new double[] {0.6, 0.9}), 1e-15);
    }

    @Test
    void pairsShowADifferenceThatTheScatterBetweenSeedsHides() {
        double[] first = new double[12];
        double[] second = new double[12];
        Arrays.setAll(second, i -> 100.0 * (i + 1));
        Arrays.setAll(first, i -> 103.0 * (i + 1) + i % 3);
        Contrast paired = Contrast.paired(Sample.of(first), Sample.of(second), 0.95);
        Contrast apart = Contrast.unpaired(Sample.of(first), Sample.of(second), 0.95);
        assertEquals(2 / 4096.0, paired.significance().p(), 1e-12);
        assertTrue(apart.significance().p() > 0.5);
        assertTrue(paired.change().low() >= 1.03 && paired.change().high() <= 1.04);
        assertTrue(apart.change().low() < 1 && apart.change().high() > 1);
        assertEquals(12, paired.change().n());
        assertFalse(apart.paired());
        assertFalse(paired.isNone());
        assertTrue(Contrast.paired(Sample.of(first), Sample.of(first), 0.95).isNone());
    }

    @Test
    void whatMayBeZeroIsComparedByItsDifference() {
        double[] none = new double[6];
        Contrast contrast =
                Contrast.paired(Sample.of(new double[] {1, 2, 3, 4, 5, 6}), Sample.of(none), 0.95);
        assertFalse(contrast.relative());
        assertEquals(3.5, contrast.change().value());
        assertEquals(0, Contrast.unpaired(Sample.of(none), Sample.of(none), 0.95).change().value());
    }

    @Test
    void theRatioOfKnownSamplesLiesInItsInterval() {
        double[] slow = {3000, 3100, 2900, 3050, 2950, 3010};
        double[] fast = {1.0, 1.1, 0.9, 1.05, 0.95, 1.0};
        Estimate ratio = Contrast.unpaired(Sample.of(slow), Sample.of(fast), 0.95).change();
        assertEquals(3005, ratio.value(), 1e-9);
        assertTrue(2700 < ratio.low() && ratio.low() < 3005, ratio::toString);
        assertTrue(3005 < ratio.high() && ratio.high() < 3350, ratio::toString);
    }
}
