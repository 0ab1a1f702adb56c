package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.OTHER_CLIENT;
import static cairn.model.property.Story.PRIMARY;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.model.Fact;
import cairn.model.property.Ending.Waiting;

import org.junit.jupiter.api.Test;

import java.util.List;

/** SP, OUT, LIVE and CONSERVE against saboteurs. */
class ServicePropertiesTest {

    private static final Till.Move MOVE = new Till.Move(0, 1, 10);

    /** Both have led, and the second one has answered. */
    private static Story replaced() {
        return new Story("SP")
                .leads(PRIMARY, 1)
                .asks(CLIENT, 1, MOVE)
                .executes(PRIMARY, CLIENT, 1)
                .asks(OTHER_CLIENT, 1, MOVE)
                .leads(BACKUP, 2)
                .executes(BACKUP, OTHER_CLIENT, 1)
                .releases(BACKUP, OTHER_CLIENT, 1, 1);
    }

    @Test
    void aZombieThatAnswersWhatItDidAfterItWasReplacedIsCaught() {
        replaced()
                .asks(OTHER_CLIENT, 2, new Till.Look(0))
                .executes(PRIMARY, OTHER_CLIENT, 2)
                .releases(PRIMARY, OTHER_CLIENT, 2, 90)
                .isViolatedAtOnce(
                        "SP",
                        "primary answered request 2 of client-2",
                        "under term 1",
                        "backup-1 has answered under term 2");
    }

    @Test
    void anAnswerThatAPauseHeldBackIsNoSecondPrimary() {
        replaced().releases(PRIMARY, CLIENT, 1, 1).holds("SP");
    }

    /** The client has long had it: it asked for more, of which this one learns late. */
    @Test
    void aLateAnswerToARequestBeforeTheLastIsNoSecondPrimary() {
        replaced().executes(PRIMARY, CLIENT, 2).releases(PRIMARY, CLIENT, 1, 1).holds("SP");
    }

    @Test
    void believingAloneDoesNoHarm() {
        replaced().executes(PRIMARY, OTHER_CLIENT, 2).holds("SP");
    }

    @Test
    void anAnswerOfANodeThatDoesNotLeadIsCaught() {
        new Story("SP").releases(BACKUP, CLIENT, 1, 1).isViolatedAtOnce("SP", "without leading");
        new Story("SP")
                .leads(PRIMARY, 1)
                .ends(PRIMARY)
                .releases(PRIMARY, CLIENT, 1, 1)
                .isViolatedAtOnce("SP", "without leading");
        new Story("SP")
                .leads(PRIMARY, 1)
                .claims(PRIMARY, new Fact.SteppedDown(1))
                .releases(PRIMARY, CLIENT, 1, 1)
                .isViolatedAtOnce("SP", "without leading");
    }

    @Test
    void twoPrimariesUnderOneTermAreCaught() {
        new Story("SP")
                .leads(PRIMARY, 1)
                .leads(BACKUP, 1)
                .releases(PRIMARY, CLIENT, 1, 1)
                .releases(BACKUP, OTHER_CLIENT, 1, 1)
                .isViolatedAtOnce("SP", "under which primary answers too");
    }

    private static Story executed() {
        return new Story("OUT")
                .resumes(PRIMARY, 0, 50)
                .asks(CLIENT, 1, MOVE)
                .executes(PRIMARY, CLIENT, 1);
    }

    @Test
    void anAnswerBeforeItsCheckpointIsAcknowledgedIsEarly() {
        executed().releases(PRIMARY, CLIENT, 1, 1).isViolatedAtOnce("OUT", "no acknowledged");
        executed()
                .cuts(PRIMARY, 1, 51)
                .releases(PRIMARY, CLIENT, 1, 1)
                .isViolatedAtOnce("OUT", "primary answered request 1 of client-1");
    }

    @Test
    void aCheckpointThatWasCutBeforeTheOperationDoesNotCoverIt() {
        new Story("OUT")
                .resumes(PRIMARY, 0, 50)
                .cuts(PRIMARY, 1, 51)
                .asks(CLIENT, 1, MOVE)
                .executes(PRIMARY, CLIENT, 1)
                .acknowledges(PRIMARY, 1)
                .releases(PRIMARY, CLIENT, 1, 1)
                .isViolatedAtOnce("OUT");
    }

    @Test
    void anAnswerAfterItsCheckpointIsAcknowledgedHolds() {
        executed().checkpoints(PRIMARY, 1, 51).releases(PRIMARY, CLIENT, 1, 1).holds("OUT");
    }

    @Test
    void whatWasResumedFromIsSafeOnceItIsAcknowledged() {
        executed()
                .cuts(PRIMARY, 1, 51)
                .ends(PRIMARY)
                .resumes(PRIMARY, 1, 51)
                .acknowledges(PRIMARY, 1)
                .releases(PRIMARY, CLIENT, 1, 1)
                .holds("OUT");
        executed()
                .cuts(PRIMARY, 1, 51)
                .ends(PRIMARY)
                .resumes(PRIMARY, 1, 51)
                .releases(PRIMARY, CLIENT, 1, 1)
                .isViolatedAtOnce("OUT", "no acknowledged");
    }

    @Test
    void aReadWaitsForTheChangesThatItMayHaveSeen() {
        executed()
                .asks(OTHER_CLIENT, 1, new Till.Look(0))
                .executes(PRIMARY, OTHER_CLIENT, 1)
                .releases(PRIMARY, OTHER_CLIENT, 1, 90)
                .isViolatedAtOnce("OUT", "client-2");
        executed()
                .checkpoints(PRIMARY, 1, 51)
                .asks(OTHER_CLIENT, 1, new Till.Look(0))
                .executes(PRIMARY, OTHER_CLIENT, 1)
                .releases(PRIMARY, OTHER_CLIENT, 1, 90)
                .holds("OUT");
    }

    @Test
    void whatARestoredImageContainsMayBeAnsweredIfTheImageWasAcknowledged() {
        executed()
                .checkpoints(PRIMARY, 1, 51)
                .ends(PRIMARY)
                .resumes(BACKUP, 1, 51)
                .releases(BACKUP, CLIENT, 1, 1)
                .holds("OUT");
        executed()
                .cuts(PRIMARY, 1, 51)
                .ends(PRIMARY)
                .resumes(BACKUP, 1, 51)
                .releases(BACKUP, CLIENT, 1, 1)
                .isViolatedAtOnce("OUT", "backup-1");
    }

    @Test
    void anAnswerToWhatWasNeverExecutedIsCaught() {
        executed()
                .checkpoints(PRIMARY, 1, 51)
                .releases(PRIMARY, OTHER_CLIENT, 1, 1)
                .isViolatedAtOnce("OUT", "has not executed");
    }

    @Test
    void withoutThePromiseOutputsAreNotJudged() {
        new Story(Story.promise(false), "OUT")
                .asks(CLIENT, 1, MOVE)
                .executes(PRIMARY, CLIENT, 1)
                .releases(PRIMARY, CLIENT, 1, 1)
                .isInconclusive("OUT", "not promised");
    }

    @Test
    void aRunThatIsStuckSaysWhoWaitsForWhat() {
        Verdict verdict =
                new Story("LIVE")
                        .asks(CLIENT, 1, MOVE)
                        .only(
                                new Ending(
                                        3_000_000,
                                        500_000,
                                        false,
                                        List.of(
                                                new Waiting(PRIMARY, false, "power"),
                                                new Waiting(BACKUP, true, "manager-1"),
                                                new Waiting(CLIENT, true, "the answer of n0"))));
        Story.saysAll(
                assertInstanceOf(Verdict.Violated.class, verdict).explanation(),
                "2.5 ms after everything was healed at 500 us",
                "1 of 1 requests are unanswered",
                "primary is down, waiting for power",
                "backup-1 waits for manager-1",
                "client-1 waits for the answer of n0");
    }

    @Test
    void aRunThatWasCutShortProvesNothingAboutLiveness() {
        Verdict verdict =
                new Story("LIVE")
                        .asks(CLIENT, 1, MOVE)
                        .only(new Ending(900_000, 500_000, false, List.of()));
        Story.saysAll(
                assertInstanceOf(Verdict.Inconclusive.class, verdict).reason(),
                "400 us",
                "before 1 ms");
    }

    @Test
    void whatChangesAfterHealingIsAcknowledged() {
        Verdict verdict =
                new Story("LIVE")
                        .acknowledges(PRIMARY, 1)
                        .later(500_000)
                        .asks(CLIENT, 1, MOVE)
                        .executes(PRIMARY, CLIENT, 1)
                        .learns(CLIENT, 1, 1)
                        .only(new Ending(3_000_000, 500_000, true, List.of()));
        Story.saysAll(
                assertInstanceOf(Verdict.Violated.class, verdict).explanation(),
                "no checkpoint was acknowledged");
        new Story("LIVE")
                .asks(CLIENT, 1, MOVE)
                .executes(PRIMARY, CLIENT, 1)
                .acknowledges(PRIMARY, 1)
                .learns(CLIENT, 1, 1)
                .holds("LIVE");
    }

    @Test
    void moneyThatAppearsIsNoticed() {
        new Story("CONSERVE")
                .asks(CLIENT, 1, new Till.Count())
                .learns(CLIENT, 1, 410)
                .isViolatedAtOnce("CONSERVE", "client-1 learned 410", "Count");
        new Story("CONSERVE")
                .asks(CLIENT, 1, new Till.Count())
                .learns(CLIENT, 1, 400)
                .holds("CONSERVE");
    }

    @Test
    void operationsThatCannotShowALossAreNoWitnesses() {
        new Story("CONSERVE")
                .asks(CLIENT, 1, MOVE)
                .learns(CLIENT, 1, 1)
                .isInconclusive("CONSERVE", "no operation asked");
    }
}
