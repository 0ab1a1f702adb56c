package cairn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.model.property.Judgement;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

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
    void timesOfManyCenturiesKeepTheirShares() {
        long century = 3_155_760_000_000_000_000L;
        var one = new Breakdown(century, century / 4 * 3, century / 4, 0, 0, 0, 0, 0);
        Breakdown all = Breakdown.sum(Collections.nCopies(1000, one));
        assertEquals(0.75, (double) all.useful() / all.wall(), 1e-12);
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
    void propertiesWithoutOccasionLeaveTheVerdictToTheOthers() {
        var held = new PropertyOutcome("LIN", Finding.HOLDS, 9, "");
        var untried = new PropertyOutcome("DUR", Finding.INCONCLUSIVE, 0, "never restored");
        var undecided = new PropertyOutcome("TIME", Finding.INCONCLUSIVE, 5, "gave up");
        VariantResult calm = judged(List.of(held, untried));
        assertEquals(Finding.HOLDS, calm.standing());
        assertEquals(Finding.INCONCLUSIVE, calm.finding());
        assertEquals("1 holds, 1 untried", calm.verdict());
        assertEquals("1 of 2 holds", judged(List.of(held, undecided)).verdict());
        assertEquals(Finding.INCONCLUSIVE, judged(List.of(held, undecided)).standing());
        assertEquals("inconclusive", judged(List.of(untried)).verdict());
        var tried = new PropertyOutcome("DUR", Finding.HOLDS, 1, "");
        assertEquals("holds", judgedTwice(List.of(held, untried), List.of(held, tried)).verdict());
        var broken = new PropertyOutcome("DUR", Finding.VIOLATED, 1, "lost");
        assertEquals(
                "violated 1/2",
                judgedTwice(List.of(held, untried), List.of(held, broken)).verdict());
    }

    private static VariantResult judged(List<PropertyOutcome> trial) {
        return judgedTwice(trial, trial);
    }

    private static VariantResult judgedTwice(
            List<PropertyOutcome> first, List<PropertyOutcome> second) {
        TrialResult bare = Samples.bare("bare", 1).trials().getFirst();
        return new VariantResult(
                "judged",
                new LinkedHashMap<>(),
                "",
                "",
                Stream.of(first, second)
                        .map(outcomes ->
                                new TrialResult(
                                        1,
                                        "0",
                                        0,
                                        bare.counts(),
                                        outcomes,
                                        DurationHistogram.EMPTY,
                                        DurationHistogram.EMPTY,
                                        DurationHistogram.EMPTY,
                                        Throughput.NONE,
                                        List.of(),
                                        Breakdown.NONE,
                                        bare.replay()))
                        .toList());
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
