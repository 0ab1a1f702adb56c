package cairn.experiment.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.definition.Experiment;
import cairn.report.ExperimentResult;
import cairn.report.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class CampaignTest {

    private static final Experiment TWO =
            Scripted.experiment(
                    List.of(
                            Scripted.variant(
                                    "good", number -> List.of(Scripted.found("P", Finding.HOLDS))),
                            Scripted.variant(
                                    "bad",
                                    number ->
                                            List.of(
                                                    Scripted.found(
                                                            "P",
                                                            number > 500
                                                                    ? Finding.VIOLATED
                                                                    : Finding.HOLDS)))),
                    50);

    @TempDir private static Path folder = Path.of("");

    private static Campaign campaign(Experiment experiment, int jobs, Progress progress) {
        Journal journal = Journal.begin(folder.resolve(Journal.FILE), experiment, "1");
        return new Campaign(experiment, jobs, progress, journal, Shard.WHOLE);
    }

    private static ExperimentResult result(Experiment experiment, int jobs) {
        Campaign campaign = campaign(experiment, jobs, Progress.SILENT);
        campaign.run();
        return campaign.results(campaign.investigate(100)).result("1", "./cairn run x");
    }

    @Test
    void resultsStandInTheOrderOfVariantsAndSeedsWhateverTheNumberOfJobs() {
        ExperimentResult one = result(TWO, 1);
        assertEquals(one, result(TWO, 7));
        assertEquals(
                List.of("good", "bad"),
                one.variants().stream().map(variant -> variant.label()).toList());
        assertEquals(
                TWO.seeds(),
                one.variants().get(1).trials().stream().map(trial -> trial.seed()).toList());
    }

    @Test
    void theFirstSeedThatViolatesIsShrunkAndKnowsItsReplay() {
        Campaign campaign = campaign(TWO, 2, Progress.SILENT);
        campaign.run();
        Violation violation = campaign.investigate(100).getFirst();
        long first =
                campaign.trials().get(1).stream()
                        .filter(trial -> trial.outcome().violates("P"))
                        .findFirst()
                        .orElseThrow()
                        .seed();
        assertEquals(first, violation.seed());
        assertEquals(1, violation.answers().size());
        assertEquals(
                List.of("number " + violation.answers().getFirst().value()), violation.timeline());
        assertEquals(
                "./cairn replay scripted.yaml --variant bad --seed " + first,
                Commands.replay(TWO, violation.variant(), first));
    }

    @Test
    void progressCountsEveryTrialOnceAndEveryViolation() {
        var calls = new AtomicInteger();
        var last = new AtomicInteger();
        campaign(
                        TWO,
                        3,
                        (done, total, violated) -> {
                            assertEquals(calls.incrementAndGet(), done);
                            assertEquals(100, total);
                            last.set(violated);
                        })
                .run();
        assertEquals(100, calls.get());
        assertTrue(last.get() > 0);
    }

    @Test
    void aCampaignThatIsStoppedLeavesWhatIsFinishedAndSaysThatItIsIncomplete() {
        var campaign = new Campaign[1];
        campaign[0] =
                campaign(
                        TWO,
                        1,
                        (done, total, violated) -> {
                            if (done == 10) {
                                campaign[0].stop();
                            }
                        });
        campaign[0].run();
        // Short trials are handed over together, so that there may be some more.
        int finished = campaign[0].trials().stream().mapToInt(List::size).sum();
        assertTrue(finished >= 10 && finished < 100, () -> finished + " trials");
        ExperimentResult result = campaign[0].results(List.of()).result("1", "./cairn run x");
        assertEquals(finished, result.trials());
        assertTrue(
                result.expectations()
                        .getLast()
                        .observed()
                        .contains("stopped when " + finished + " of 100 trials were finished"),
                result.expectations().toString());
    }

    @Test
    void aTrialThatThrowsEndsTheCampaignWithTheCommandThatShowsItAgain() {
        Experiment broken =
                Scripted.experiment(
                        List.of(
                                Scripted.variant(
                                        "it's",
                                        number -> {
                                            throw new IllegalStateException("no such page");
                                        })),
                        3);
        TrialFailure failure =
                assertThrows(TrialFailure.class, () -> campaign(broken, 2, Progress.SILENT).run());
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith(
                                "java.lang.IllegalStateException: no such page in ./cairn replay"
                                        + " scripted.yaml --seed "),
                failure.getMessage());
        assertEquals("'it'\\''s'", Commands.quoted("it's"));
    }
}
