package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.PRIMARY;

import cairn.model.Activity;

import org.junit.jupiter.api.Test;

/** What is owed by a promise that covers one failed process at a time. */
final class OverlapTest {

    private static Story acknowledged() {
        return new Story(Story.promise(true).withOverlapping(1), "MONO")
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
