package cairn.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.choice.Choice;
import cairn.model.choice.Law;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.util.Arrays;
import java.util.List;

/** The bounds are so wide that chance alone breaks none of them in millions of runs. */
class SeededChoicesProperties {

    private static final int DRAWS = 100_000;

    private static long[] draws(long seed, String name, Law law, int count) {
        Choice choice = new Choice(name, law, new SeededChoices(seed));
        long[] draws = new long[count];
        Arrays.setAll(draws, _ -> choice.ask());
        return draws;
    }

    private static double[] fractions(long seed, String name, int count) {
        double[] fractions = new double[count];
        long[] draws = draws(seed, name, new Law.Uniform(0, (1L << 53) - 1), count);
        Arrays.setAll(fractions, i -> draws[i] * 0x1.0p-53);
        return fractions;
    }

    @Property(tries = 50)
    void anotherChoiceMovesNoAnswer(@ForAll long seed) {
        Law law = new Law.Uniform(0, Long.MAX_VALUE - 1);
        long[] alone = draws(seed, "delay n1>n2", law, 50);
        SeededChoices shared = new SeededChoices(seed);
        Choice delay = new Choice("delay n1>n2", law, shared);
        Choice other = new Choice("loss n1>n2", new Law.Chance(0.5), shared);
        for (long expected : alone) {
            other.ask();
            assertEquals(expected, delay.ask());
            other.ask();
        }
    }

    @Property(tries = 50)
    void answersAreUniform(@ForAll long seed) {
        // 64 cells, 10,000 draws: chi-square with 63 degrees of freedom exceeds 140 once in ten
        // million seeds.
        int[] cells = new int[64];
        for (long draw : draws(seed, "die", new Law.Pick(64), 10_000)) {
            cells[(int) draw]++;
        }
        double expected = 10_000 / 64.0;
        double chiSquare = 0;
        for (int cell : cells) {
            chiSquare += (cell - expected) * (cell - expected) / expected;
        }
        assertTrue(chiSquare < 140, "chi-square " + chiSquare);
    }

    @Property(tries = 50)
    void streamsOfNeighbouringSeedsAndNamesAreUncorrelated(@ForAll long seed) {
        double[] stream = fractions(seed, "gap n1", 10_000);
        // The correlation of 10,000 independent pairs has a deviation of 0.01: six of them.
        for (double[] other :
                List.of(
                        fractions(seed + 1, "gap n1", 10_000),
                        fractions(seed, "gap n2", 10_000),
                        fractions(~seed, "gap n1", 10_000),
                        Arrays.copyOfRange(fractions(seed, "gap n1", 10_001), 1, 10_001))) {
            double sum = 0;
            for (int i = 0; i < stream.length; i++) {
                sum += 12 * (stream[i] - 0.5) * (other[i] - 0.5);
            }
            assertTrue(Math.abs(sum / stream.length) < 0.06, "correlation " + sum / stream.length);
        }
    }

    @Property(tries = 20)
    void theFirstAnswersOfConsecutiveSeedsAreSpreadLikeIndependentOnes(@ForAll long seed) {
        // Kolmogorov-Smirnov over 5,000 runs: the distance exceeds 0.04 once in millions of cases.
        double[] first = new double[5_000];
        Arrays.setAll(first, i -> fractions(seed + i, "crash primary", 1)[0]);
        Arrays.sort(first);
        double distance = 0;
        for (int i = 0; i < first.length; i++) {
            distance = Math.max(distance, Math.abs(first[i] - (i + 0.5) / first.length));
        }
        assertTrue(distance < 0.04, "distance " + distance);
    }

    @Example
    void otherSeedsAndOtherNamesGiveOtherAnswers() {
        Law law = new Law.Uniform(0, Long.MAX_VALUE - 1);
        assertNotEquals(draws(1, "a", law, 1)[0], draws(2, "a", law, 1)[0]);
        assertNotEquals(draws(1, "a", law, 1)[0], draws(1, "b", law, 1)[0]);
        assertEquals(draws(1, "a", law, 1)[0], draws(1, "a", law, 1)[0]);
    }

    @Example
    void lawsHaveTheirMediansMeansAndTails() {
        checkLaw(new Law.Uniform(1000, 3000), 2000, 2000, 2998);
        checkLaw(new Law.Exponential(500, 10_000), 500 + 6931, 10_500, 500 + 69_078);
        // Shape 0.7: median = scale * ln(2)^(1/0.7), mean = scale * gamma(1 + 1/0.7).
        checkLaw(new Law.Weibull(10_000, 0.7), 5924, 12_658, 158_194);
        // Sigma = ln(2.4) / 3.0902; the mean of the body is the median * exp(sigma^2 / 2).
        checkLaw(Law.HeavyTail.withTail(1000, 10_000, 2.4), 11_000, 11_409, 25_000);
    }

    private static void checkLaw(Law law, double median, double mean, double percentile999) {
        long[] draws = draws(42, "law", law, DRAWS);
        Arrays.sort(draws);
        assertEquals(median, (double) draws[DRAWS / 2], 0.02 * median, "median of " + law);
        assertEquals(median, (double) law.calm(), 1, "calm answer of " + law);
        assertEquals(
                mean, Arrays.stream(draws).average().orElseThrow(), 0.02 * mean, "mean of " + law);
        assertEquals(
                percentile999,
                (double) draws[(int) (0.999 * DRAWS)],
                0.10 * percentile999,
                "99.9th percentile of " + law);
        for (long draw : draws) {
            assertTrue(law.allows(draw), () -> law + " does not allow its own " + draw);
        }
    }

    @Example
    void chancesComeAsOftenAsTheyShould() {
        for (double probability : new double[] {0, 0.001, 0.25, 1}) {
            long yes = Arrays.stream(draws(7, "loss", new Law.Chance(probability), DRAWS)).sum();
            double deviation = Math.sqrt(probability * (1 - probability) / DRAWS);
            assertEquals(probability, (double) yes / DRAWS, 5 * deviation);
        }
        assertEquals(0, new Law.Chance(0.999).calm());
        assertEquals(Law.Occurs.NEVER, new Law.Occurs(new Law.Constant(5)).calm());
    }
}
