package cairn.experiment.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.command.Ranking.Range;

import org.junit.jupiter.api.Test;

final class RankingTest {

    private final Ranking ranking = new Ranking();

    @Test
    void pairsAreInAnOrderWhereTheirIntervalsAreApart() {
        ranking.add("slow", new Range(8, 9), new Range(7, 12));
        ranking.add("quick", new Range(1, 2), new Range(1, 3));
        assertEquals("the same order: quick < slow", ranking.text());
    }

    @Test
    void mediansWithinEachOthersIntervalsHaveNoOrder() {
        ranking.add("one", new Range(0.9, 1.1), new Range(1, 1.5));
        ranking.add("other", new Range(1, 1.2), new Range(0.8, 1.1));
        assertEquals("no order: one and other", ranking.text());
    }

    @Test
    void whatIsApartInOneWorldOrTheOtherWayRoundIsSaid() {
        ranking.add("a", new Range(1, 2), new Range(5, 6));
        ranking.add("b", new Range(3, 4), new Range(3, 4));
        ranking.add("c", new Range(1, 9), new Range(1, 2));
        assertEquals(
                "CONTRARY: a < b simulated, b < a live; apart live alone: c < a, c < b",
                ranking.text());
    }

    @Test
    void whatTheSimulatorAloneTellsApartIsSaid() {
        ranking.add("a", new Range(1, 2), new Range(1, 4));
        ranking.add("b", new Range(3, 4), new Range(2, 5));
        assertEquals("apart simulated alone: a < b", ranking.text());
    }

    @Test
    void oneVariantAloneIsNotCompared() {
        ranking.add("a", new Range(1, 2), new Range(1, 4));
        assertTrue(ranking.isEmpty());
    }
}
