package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.model.property.Judgement;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ResultTest {
    @Test
    void aBreakdownThatDoesNotSumToTheWallTimeIsRefused() {
        assertEquals(28, new Breakdown(28, 1, 2, 3, 4, 5, 6, 7).wall());
        assertThrows(IllegalArgumentException.class, () -> new Breakdown(29, 1, 2, 3, 4, 5, 6, 7));
        assertThrows(IllegalArgumentException.class, () -> new Breakdown(0, 1, -1, 0, 0, 0, 0, 0));
    }

    @Test
    void breakdownsAddUpPartByPart() {
        var one = new Breakdown(28, 1, 2, 3, 4, 5, 6, 7);
        assertEquals(new Breakdown(56, 2, 4, 6, 8, 10, 12, 14), Breakdown.sum(List.of(one, one)));
        assertEquals(Breakdown.NONE, Breakdown.sum(List.of()));
    }

    @Test
    void aTrialIsAsGoodAsItsWorstProperty() {
        assertEquals(Finding.HOLDS, Finding.HOLDS.and(Finding.NOT_PROMISED));
        assertEquals(Finding.INCONCLUSIVE, Finding.HOLDS.and(Finding.INCONCLUSIVE));
        assertEquals(Finding.VIOLATED, Finding.VIOLATED.and(Finding.INCONCLUSIVE));
    }

    @Test
    void aVariantThatJudgedNothingIsInconclusive() {
        assertEquals(Finding.INCONCLUSIVE, Samples.bare("bare", 1).finding());
        assertEquals(Finding.INCONCLUSIVE, Samples.bare("bare", 0).finding());
    }

    @Test
    void twoVariantsOfOneLabelAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Samples.experiment(Samples.bare("same", 1), Samples.bare("same", 1)));
    }

    @Test
    void aJudgementBecomesAnOutcomeThatKeepsItsWitnessesAndItsWords() {
        var judgement = new Judgement("DUR");
        assertEquals(Finding.INCONCLUSIVE, PropertyOutcome.of(judgement).finding());
        judgement.witness();
        judgement.witness();
        assertEquals(
                new PropertyOutcome("DUR", Finding.HOLDS, 2, ""), PropertyOutcome.of(judgement));
        judgement.violated(7, "checkpoint 41 is lost");
        assertEquals(
                new PropertyOutcome("DUR", Finding.VIOLATED, 2, "checkpoint 41 is lost"),
                PropertyOutcome.of(judgement));
    }

    @Test
    void faultsAreToldInTheOrderOfTime() {
        var trial = Samples.protocols(1).variants().getFirst().trials().getFirst();
        assertEquals("crash primary", trial.faults().getFirst().label());
    }
}
