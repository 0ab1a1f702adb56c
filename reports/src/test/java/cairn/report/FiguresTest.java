package cairn.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class FiguresTest {

    private static Figures figures(long... seeds) {
        var figures = new Figures();
        for (long seed : seeds) {
            figures.add(seed, 10.0 * seed);
        }
        return figures;
    }

    @Test
    void onlySeedsThatBothHaveMakePairs() {
        Figures.Pairs pairs = figures(1, 2, 5, 7, 9).with(figures(2, 3, 7, 9, 10));
        assertArrayEquals(new double[] {20, 70, 90}, pairs.first().toArray());
        assertArrayEquals(new double[] {0, 0, 0}, pairs.differences().toArray());
        assertEquals(0, figures(1).with(figures(2)).first().size());
        assertEquals(0, figures().with(figures(2)).first().size());
    }

    @Test
    void pairsStandInTheOrderOfTheFirstWhateverTheOrderOfTheSeeds() {
        Figures.Pairs pairs = figures(9, 1, 2, 7).with(figures(2, 9, 3, 1));
        assertArrayEquals(new double[] {90, 10, 20}, pairs.first().toArray());
        assertArrayEquals(new double[] {90, 10, 20}, pairs.second().toArray());
    }
}
