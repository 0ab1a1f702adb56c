package cairn.experiment.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.experiment.interval.RestartSettings.Rule;
import cairn.experiment.trial.Outcome;
import cairn.fault.Answer;
import cairn.fault.ReplayedChoices;
import cairn.fault.SeededChoices;
import cairn.report.Breakdown;
import cairn.report.Finding;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class CheckpointRestartTest {

    private static final long MINUTE = 60_000_000_000L;

    private static CheckpointRestart model(long mtbf, Rule rule, long interval, double times) {
        return new CheckpointRestart(
                new RestartSettings(
                        100 * MINUTE, 5 * MINUTE, 10 * MINUTE, mtbf, 1, rule, interval, times));
    }

    @Test
    void withoutFailuresTheTimeIsWorkAndCheckpoints() {
        // Calmly nothing fails: the answer "never" is given for the first failure.
        Outcome outcome =
                model(1_000_000 * MINUTE, Rule.GIVEN, 30 * MINUTE, 1)
                        .run(new ReplayedChoices(List.of(new Answer("failure", 0, far()))), null);
        assertEquals(
                new Breakdown(120 * MINUTE, 100 * MINUTE, 20 * MINUTE, 0, 0, 0, 0, 0),
                outcome.breakdown());
        assertEquals(4, outcome.counts().checkpoints());
    }

    private static long far() {
        return 100_000_000L * MINUTE;
    }

    @Test
    void failuresStrikeWorkCheckpointsAndRestarts() {
        // At 20 min in work, at 26 min in the restart; then at 26 + 10 + 30 + 2 in a checkpoint.
        var failures =
                List.of(
                        new Answer("failure", 0, 20 * MINUTE),
                        new Answer("failure", 1, 6 * MINUTE),
                        new Answer("failure", 2, 42 * MINUTE),
                        new Answer("failure", 3, far()));
        var told = new ArrayList<String>();
        Outcome outcome =
                model(60 * MINUTE, Rule.GIVEN, 30 * MINUTE, 1)
                        .run(new ReplayedChoices(failures), told::add);
        long lost = 20 + 32;
        long restarts = 6 + 10 + 10;
        assertEquals(
                new Breakdown(
                        (120 + lost + restarts) * MINUTE,
                        100 * MINUTE,
                        20 * MINUTE,
                        0,
                        0,
                        lost * MINUTE,
                        restarts * MINUTE,
                        0),
                outcome.breakdown());
        assertEquals(9, told.size(), told.toString());
    }

    /** Failures every 6 h while a restart takes 200 h: after the events it may have, 3000 years. */
    @Test
    void aRunThatNeverEndsIsBrokenOffBeforeItsTimeCannotBeCounted() {
        long hour = 60 * MINUTE;
        var settings =
                new RestartSettings(
                        360 * hour, 200 * hour, 200 * hour, 6 * hour, 1, Rule.GIVEN, 6 * hour, 1);
        Outcome outcome = new CheckpointRestart(settings).run(new SeededChoices(1), null);
        assertEquals(Finding.VIOLATED, outcome.properties().getFirst().finding());
        assertEquals(Long.MAX_VALUE, outcome.breakdown().wall());
    }

    @Test
    void underOneSeedDifferentIntervalsMeetTheSameFailures() {
        for (long seed = 1; seed <= 20; seed++) {
            var first = new ArrayList<String>();
            var second = new ArrayList<String>();
            model(20 * MINUTE, Rule.EXACT, MINUTE, 1).run(new SeededChoices(seed), first::add);
            model(20 * MINUTE, Rule.EXACT, MINUTE, 3).run(new SeededChoices(seed), second::add);
            List<String> failures = failures(first);
            int common = Math.min(failures.size(), failures(second).size());
            assertEquals(failures.subList(0, common), failures(second).subList(0, common));
        }
    }

    private static List<String> failures(List<String> told) {
        return told.stream().filter(line -> line.contains("  failure ")).toList();
    }

    @Test
    void aRunThatNeverComesForwardEndsAndSaysSo() {
        // A segment of a hundred failure times succeeds once in e^100 tries.
        Outcome outcome =
                new CheckpointRestart(
                                new RestartSettings(
                                        10_000 * MINUTE,
                                        MINUTE,
                                        0,
                                        MINUTE / 60,
                                        1,
                                        Rule.GIVEN,
                                        100 * MINUTE,
                                        1))
                        .run(new SeededChoices(1), null);
        assertEquals(Finding.VIOLATED, outcome.properties().getFirst().finding());
        assertTrue(
                outcome.properties().getFirst().explanation().startsWith("0 s of 10000 min done")
                        || outcome.properties().getFirst().explanation().contains("done after"),
                outcome.properties().getFirst().explanation());
    }
}
