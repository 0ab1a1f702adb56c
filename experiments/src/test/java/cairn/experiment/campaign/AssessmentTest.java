package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.definition.Condition;
import cairn.experiment.definition.Expected;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.report.Expectation;
import cairn.report.Finding;
import cairn.report.Measure;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;

class AssessmentTest {

    private static final Variant GOOD =
            Scripted.variant(
                    "good",
                    number ->
                            List.of(
                                    Scripted.found("P", Finding.HOLDS),
                                    Scripted.found("Q", Finding.HOLDS)));
    private static final Variant BAD =
            Scripted.variant(
                    "bad",
                    number ->
                            List.of(
                                    Scripted.found("P", Finding.VIOLATED),
                                    Scripted.found("Q", Finding.HOLDS)));
    private static final Variant VAGUE =
            Scripted.variant(
                    "vague",
                    number ->
                            List.of(
                                    Scripted.found(
                                            "P",
                                            number < 900 ? Finding.INCONCLUSIVE : Finding.HOLDS),
                                    Scripted.found("Q", Finding.INCONCLUSIVE)));

    private static List<Expectation> assess(List<Variant> variants, Expected... expected) {
        Experiment experiment = Scripted.experiment(variants, 30, expected);
        List<List<Trial>> trials = new Campaign(experiment, 1, Progress.SILENT).run();
        return new Results(experiment, trials, List.of()).result("1", "x").expectations();
    }

    private static Finding finding(List<Variant> variants, Expected... expected) {
        return Assessment.finding(assess(variants, expected));
    }

    private static Condition is(String label) {
        var allowed = new LinkedHashMap<String, List<String>>();
        allowed.put("variant", List.of(label));
        return new Condition(allowed);
    }

    private static Expected.Holds holds(String... properties) {
        return new Expected.Holds(List.of(properties), Condition.ALWAYS);
    }

    @Test
    void withoutAWordAllIsExpectedToHold() {
        assertEquals(Finding.HOLDS, finding(List.of(GOOD)));
        assertEquals(Finding.VIOLATED, finding(List.of(GOOD, BAD)));
    }

    @Test
    void aViolationThatIsExpectedIsMetAndOneThatDoesNotComeIsNot() {
        var violated = new Expected.IsViolated(List.of("P"), List.of(), Condition.ALWAYS);
        assertEquals(Finding.HOLDS, finding(List.of(BAD), violated));
        assertEquals(Finding.VIOLATED, finding(List.of(GOOD), violated));
    }

    @Test
    void anyOtherViolationIsNotExpectedUnlessItMayFollow() {
        assertEquals(
                Finding.VIOLATED,
                finding(
                        List.of(BAD),
                        new Expected.IsViolated(List.of("Q"), List.of("P"), Condition.ALWAYS)));
        Variant both =
                Scripted.variant(
                        "both",
                        number ->
                                List.of(
                                        Scripted.found("P", Finding.VIOLATED),
                                        Scripted.found("Q", Finding.VIOLATED)));
        assertEquals(
                Finding.VIOLATED,
                finding(
                        List.of(both),
                        new Expected.IsViolated(List.of("P"), List.of(), Condition.ALWAYS)));
        assertEquals(
                Finding.HOLDS,
                finding(
                        List.of(both),
                        new Expected.IsViolated(List.of("P"), List.of("Q"), Condition.ALWAYS)));
    }

    @Test
    void theFirstExpectationThatFitsAVariantCounts() {
        var first = new Expected.IsViolated(List.of("P"), List.of(), is("bad"));
        assertEquals(Finding.HOLDS, finding(List.of(GOOD, BAD), first, holds()));
        assertEquals(Finding.VIOLATED, finding(List.of(GOOD, BAD), holds(), first));
        assertEquals(Finding.HOLDS, finding(List.of(GOOD, BAD), first));
    }

    @Test
    void oneTrialThatCouldTellIsEvidenceAndNoneIsInconclusive() {
        assertEquals(Finding.INCONCLUSIVE, finding(List.of(VAGUE), holds()));
        assertEquals(Finding.HOLDS, finding(List.of(VAGUE), holds("P")));
        assertEquals(
                "vague: Q inconclusive in 30 of 30 trials",
                assess(List.of(VAGUE), holds()).getFirst().observed());
    }

    @Test
    void figuresAndRatiosLieWithinTheirBoundsOrDoNot() {
        var checkpoints = new Expected.Figure(Measure.CHECKPOINT_P50, 150, 250, Condition.ALWAYS);
        assertEquals(Finding.HOLDS, finding(List.of(GOOD), checkpoints));
        assertEquals(
                Finding.VIOLATED,
                finding(
                        List.of(GOOD),
                        new Expected.Figure(Measure.CHECKPOINT_P50, 250, 300, Condition.ALWAYS)));
        assertEquals(
                Finding.INCONCLUSIVE,
                finding(
                        List.of(GOOD),
                        new Expected.Figure(Measure.RECOVERY, 0, 1e9, Condition.ALWAYS)));
        var ratio =
                new Expected.Ratio(
                        Measure.CHECKPOINT_P50, "good", "vague", 0.9, 1.1, Condition.ALWAYS);
        assertEquals(Finding.HOLDS, finding(List.of(GOOD, VAGUE), holds("P"), ratio));
    }
}
