package cairn.report.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.random.MersenneTwister;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.util.Arrays;

/** Lists that do not fit the heap, and the statistics of such samples against those of arrays. */
final class LongListTest {

    private static final int MANY = 100_000;

    /** Of any size and sign, with ties. */
    private static double[] numbers(long seed, int size) {
        var random = new MersenneTwister(seed);
        double[] numbers = new double[size];
        Arrays.setAll(
                numbers,
                _ -> Math.rint(20 * random.nextGaussian()) * Math.pow(2, random.nextInt(40)));
        return numbers;
    }

    private static LongList list(double[] numbers) {
        var bits = new LongList();
        for (double number : numbers) {
            bits.add(Double.doubleToRawLongBits(number));
        }
        return bits;
    }

    @Test
    void whatIsPutIntoAPlaceIsThereOnTheHeapAndInFiles() {
        LongList zeros = LongList.zeros(MANY);
        assertEquals(MANY, zeros.size());
        for (int place = 0; place < MANY; place += 3) {
            assertEquals(0, zeros.get(place));
            zeros.set(place, ~place);
        }
        for (int place = 0; place < MANY; place++) {
            assertEquals(place % 3 == 0 ? ~place : 0, zeros.get(place));
        }
        assertEquals(0, LongList.zeros(0).size());
    }

    @Test
    void sortedItIsWhatASortedArrayIs() {
        for (int size : new int[] {0, 1, 17, 8_192, 8_193, MANY}) {
            double[] numbers = numbers(size, size);
            double[] sorted = numbers.clone();
            Arrays.sort(sorted);
            try (var arena = Arena.ofConfined()) {
                Sample sample = Sample.ofBits(list(numbers));
                assertArrayEquals(sorted, sample.sorted(arena).toArray());
                assertArrayEquals(numbers, sample.toArray());
            }
        }
    }

    @Test
    void quantilesAndDeviationsAreThoseOfTheArray() {
        double[] numbers = numbers(5, MANY);
        Sample sample = Sample.ofBits(list(numbers));
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        assertEquals(
                (sorted[MANY / 2 - 1] + sorted[MANY / 2]) / 2,
                Statistics.median(sample, 0.95).value());
        assertEquals(new StandardDeviation().evaluate(numbers), Statistics.deviation(sample));
        assertEquals(
                Statistics.mean(numbers, 0.95),
                Statistics.mean(Sample.ofBits(list(numbers)), 0.95));
    }

    @Test
    void ranksOfMoreThanFortySixThousandDoNotOverflow() {
        // The squares of so many do not fit an int: sums of ranks were negative.
        double[] first = new double[MANY];
        double[] second = new double[MANY];
        Arrays.setAll(first, i -> i + 0.5);
        Arrays.setAll(second, i -> i);
        Significance apart = Wilcoxon.unpaired(Sample.of(first), Sample.of(second));
        // Of each pair of places the first is larger if it is not before the second.
        assertEquals(MANY * (MANY + 1.0) / 2, apart.statistic());
        assertEquals(1.0 / MANY, apart.effect().size(), 1e-12);
        assertTrue(apart.p() > 0.9);
        Significance pairs = Wilcoxon.paired(Sample.of(first), Sample.of(second));
        assertEquals(MANY * (MANY + 1.0) / 2, pairs.statistic());
        assertEquals(1, pairs.effect().size());
        assertEquals(0, pairs.p());
    }

    @Test
    void mediansOfManyHaveTheIntervalThatResamplingGives() {
        var random = new MersenneTwister(11);
        double[] first = new double[30_000];
        double[] second = new double[10_001];
        Arrays.setAll(first, _ -> 3 * Math.exp(random.nextGaussian()));
        Arrays.setAll(second, _ -> 2 * Math.exp(random.nextGaussian()));
        Estimate ranks =
                Bootstrap.ofMedians(Sample.of(first), Sample.of(second), (a, b) -> a / b, 0.95);
        double error = 1.2533 * Math.sqrt(1.0 / first.length + 1.0 / second.length);
        assertEquals(1.5, ranks.value(), 1.5 * 3 * error);
        // The median of a lognormal law errs by sqrt(pi / 2n) of itself.
        assertEquals(1.5 * 2 * 1.96 * error, ranks.high() - ranks.low(), 0.1 * 1.5 * 4 * error);
        assertTrue(ranks.low() < ranks.value() && ranks.value() < ranks.high());
    }
}
