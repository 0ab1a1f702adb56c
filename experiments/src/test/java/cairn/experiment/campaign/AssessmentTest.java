package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.experiment.definition.Condition;
import cairn.experiment.definition.Expected;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choices;
import cairn.report.DurationHistogram;
import cairn.report.Expectation;
import cairn.report.Finding;
import cairn.report.Measure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

class AssessmentTest {

    @TempDir private static Path folder = Path.of("");

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
        return Scripted.result(experiment, folder).expectations();
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

    private static Expected.IsViolated violated(
            List<String> properties, List<String> also, Condition when) {
        return new Expected.IsViolated(properties, also, Optional.empty(), when);
    }

    private static Expected.IsViolated violatedIn(double share, double tolerance) {
        return new Expected.IsViolated(
                List.of("P"),
                List.of(),
                Optional.of(new Expected.Frequency(share, tolerance)),
                Condition.ALWAYS);
    }

    @Test
    void withoutAWordAllIsExpectedToHold() {
        assertEquals(Finding.HOLDS, finding(List.of(GOOD)));
        assertEquals(Finding.VIOLATED, finding(List.of(GOOD, BAD)));
    }

    @Test
    void aViolationThatIsExpectedIsMetAndOneThatDoesNotComeIsNot() {
        var violated = violated(List.of("P"), List.of(), Condition.ALWAYS);
        assertEquals(Finding.HOLDS, finding(List.of(BAD), violated));
        assertEquals(Finding.VIOLATED, finding(List.of(GOOD), violated));
    }

    @Test
    void anyOtherViolationIsNotExpectedUnlessItMayFollow() {
        assertEquals(
                Finding.VIOLATED,
                finding(List.of(BAD), violated(List.of("Q"), List.of("P"), Condition.ALWAYS)));
        Variant both =
                Scripted.variant(
                        "both",
                        number ->
                                List.of(
                                        Scripted.found("P", Finding.VIOLATED),
                                        Scripted.found("Q", Finding.VIOLATED)));
        assertEquals(
                Finding.VIOLATED,
                finding(List.of(both), violated(List.of("P"), List.of(), Condition.ALWAYS)));
        assertEquals(
                Finding.HOLDS,
                finding(List.of(both), violated(List.of("P"), List.of("Q"), Condition.ALWAYS)));
    }

    @Test
    void aShareOfTheTrialsThatIsViolatedIsHeldAgainstThreeStandardErrorsOrItsTolerance() {
        // Six of thirty; three standard errors of 60 % are 27 %.
        Variant fifth =
                Scripted.variant(
                        "fifth",
                        number ->
                                List.of(
                                        Scripted.found(
                                                "P",
                                                number % 5 == 0
                                                        ? Finding.VIOLATED
                                                        : Finding.HOLDS)));
        assertEquals(Finding.HOLDS, finding(List.of(fifth), violatedIn(0.2, 0)));
        assertEquals(Finding.VIOLATED, finding(List.of(fifth), violatedIn(0.6, 0)));
        assertEquals(Finding.HOLDS, finding(List.of(fifth), violatedIn(0.6, 0.4)));
        assertEquals(Finding.VIOLATED, finding(List.of(GOOD), violatedIn(0.5, 0)));
        assertEquals(
                "fifth: P in 6 of 30 trials, 20 % ± 21.9 % allowed",
                assess(List.of(fifth), violatedIn(0.2, 0)).getFirst().observed());
    }

    @Test
    void whereFewViolationsAreExpectedNoneIsNoContradiction() {
        assertEquals(Finding.HOLDS, finding(List.of(GOOD), violatedIn(0.01, 0)));
    }

    @Test
    void theFirstExpectationThatFitsAVariantCounts() {
        var first = violated(List.of("P"), List.of(), is("bad"));
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
    void whatManyVariantsShareIsSaidOnce() {
        var many = new ArrayList<Variant>();
        for (int i = 1; i <= 5; i++) {
            many.add(
                    Scripted.variant(
                            "vague " + i,
                            number -> List.of(Scripted.found("Q", Finding.INCONCLUSIVE))));
        }
        assertEquals(
                "Q inconclusive in all 5 variants", assess(many, holds()).getFirst().observed());
        many.add(GOOD);
        assertEquals(
                "Q inconclusive in 5 of 6 variants, such as vague 1: Q inconclusive in 30 of 30"
                        + " trials",
                assess(many, holds()).getFirst().observed());
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

    /** Such as the latency of requests of a computation, which has none. */
    @Test
    void aRatioOfAFigureThatNoTrialHasSaysSo() {
        var ratio =
                new Expected.Ratio(Measure.RECOVERY, "good", "vague", 0.9, 1.1, Condition.ALWAYS);
        List<Expectation> judged = assess(List.of(GOOD, VAGUE), holds("P"), ratio);
        assertEquals(Finding.INCONCLUSIVE, Assessment.finding(judged));
        assertEquals("no trial of good or vague has this figure", judged.getLast().observed());
    }

    /** A subject whose requests take longer. */
    private record Later(Subject subject, long nanos) implements Subject {
        @Override
        public String promise() {
            return subject.promise();
        }

        @Override
        public String faults() {
            return subject.faults();
        }

        @Override
        public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
            Outcome own = subject.run(choices, timeline);
            long slower = own.requestLatency().quantileNanos(0.5) + nanos;
            return new Outcome(
                    own.digest(),
                    own.virtualNanos(),
                    own.counts(),
                    own.properties(),
                    DurationHistogram.of(slower),
                    own.checkpointLatency(),
                    own.recovery(),
                    own.throughput(),
                    own.faults(),
                    own.breakdown());
        }
    }

    @Test
    void variantsAreComparedSeedBySeed() {
        // Both ask the same question under a seed, so the same number comes up; one has 5 more.
        Variant one = Scripted.variant("one", _ -> List.of());
        Variant more = new Variant("more", one.settings(), new Later(one.subject(), 5));
        var less = new Expected.Less(Measure.REQUEST_P50, "one", "more", Condition.ALWAYS);
        var greater = new Expected.Less(Measure.REQUEST_P50, "more", "one", Condition.ALWAYS);
        var same = new Expected.Less(Measure.CHECKPOINT_P50, "more", "one", Condition.ALWAYS);
        List<Expectation> found = assess(List.of(one, more), less, greater, same);
        assertEquals(
                List.of(Finding.HOLDS, Finding.VIOLATED, Finding.INCONCLUSIVE),
                found.stream().limit(3).map(Expectation::finding).toList());
        assertEquals(
                "mean difference -5.00 ns, -5.00 ns to -5.00 ns with 95 % confidence, 30 pairs",
                found.getFirst().observed().replace("-5 ns", "-5.00 ns"));
    }
}
