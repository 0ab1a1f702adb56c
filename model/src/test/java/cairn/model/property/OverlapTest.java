package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.PRIMARY;

import cairn.model.Activity;

import org.junit.jupiter.api.Test;

/** What is owed by a promise that covers one failed process at a time. */
final class OverlapTest {

    private static Story acknowledged() {
        return acknowledged("MONO");
    }

    private static Story acknowledged(String... judgedBy) {
        return new Story(Story.promise(true).withOverlapping(1), judgedBy)
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .checkpoints(PRIMARY, 2, 52)
                .ends(BACKUP);
    }

    @Test
    void oneFailureExcusesNothing() {
        acknowledged()
                .grants(PRIMARY, 2)
                .resumes(PRIMARY, 1, 51)
                .isViolatedAtOnce("MONO", "went back to e1", "e2 was acknowledged");
    }

    @Test
    void whatWasBrokenBeforeThePromiseEndedStaysBroken() {
        acknowledged()
                .grants(PRIMARY, 2)
                .resumes(PRIMARY, 1, 51)
                .ends(PRIMARY)
                .isViolatedAtOnce("MONO", "went back to e1", "e2 was acknowledged");
    }

    @Test
    void whatIsJudgedInTheEndIsJudgedByWhatWasUntilThePromiseEnded() {
        Story twice =
                acknowledged("LIN")
                        .asks(CLIENT, 1, new Till.Move(0, 1, 30))
                        .learns(CLIENT, 1, 1)
                        .asks(CLIENT, 2, new Till.Count())
                        .learns(CLIENT, 2, 7);
        twice.ends(PRIMARY).isViolatedAtOnce("LIN");
        Story after =
                acknowledged("LIN")
                        .asks(CLIENT, 1, new Till.Move(0, 1, 30))
                        .learns(CLIENT, 1, 1)
                        .ends(PRIMARY)
                        .asks(CLIENT, 2, new Till.Count())
                        .learns(CLIENT, 2, 7);
        after.holds("LIN");
    }

    @Test
    void noFailureExcusesAMixture() {
        acknowledged("ATOM")
                .ends(PRIMARY)
                .resumes(PRIMARY, 1, 52)
                .isViolatedAtOnce("ATOM", "resumed from e1", "is not what was cut as e1");
    }

    @Test
    void noFailureExcusesNumbersThatDoNotGrow() {
        acknowledged()
                .ends(PRIMARY)
                .resumes(PRIMARY, 2, 52)
                .cuts(PRIMARY, 2, 53)
                .isViolatedAtOnce("MONO", "its numbers do not grow");
    }

    @Test
    void aSecondOneBeforeTheFirstHasRecoveredEndsThePromise() {
        acknowledged()
                .ends(PRIMARY)
                .grants(PRIMARY, 2)
                .resumes(PRIMARY, 1, 51)
                .isInconclusive("MONO", "2 processes had failed", "covers 1");
    }

    @Test
    void whoDoesUsefulWorkAgainHasRecovered() {
        acknowledged()
                .does(BACKUP, Activity.RESTART)
                .does(BACKUP, Activity.USEFUL)
                .ends(PRIMARY)
                .grants(PRIMARY, 2)
                .resumes(PRIMARY, 1, 51)
                .isViolatedAtOnce("MONO", "went back to e1", "e2 was acknowledged");
    }
}
