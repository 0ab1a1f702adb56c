package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.STORE;

import cairn.model.Acknowledgement;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;

import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.Map;

/** DUR, ATOM, MONO, GC and BOUND against saboteurs. */
class CheckpointPropertiesTest {

    private static final NodeId SECOND_BACKUP = new NodeId(7);

    private static Story acknowledgedUnderTermOne(String property) {
        return new Story(property)
                .grants(PRIMARY, 1)
                .resumes(PRIMARY, 0, 50)
                .checkpoints(PRIMARY, 1, 51)
                .checkpoints(PRIMARY, 2, 52);
    }

    @Test
    void anAcknowledgedCheckpointThatIsNotRestoredIsMissed() {
        acknowledgedUnderTermOne("DUR")
                .strikes(new Fault.PowerLoss(STORE))
                .grants(BACKUP, 2)
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce(
                        "DUR", "backup-1 resumed from e1", "e2 had been", "POWER_LOSS x1");
    }

    @Test
    void aStartFromNothingAfterAnAcknowledgementIsALoss() {
        acknowledgedUnderTermOne("DUR")
                .ends(PRIMARY)
                .resumes(PRIMARY, 0, 50)
                .isViolatedAtOnce("DUR", "primary resumed from nothing", "faults since: none");
    }

    @Test
    void aNewerCheckpointThanTheAcknowledgedOneWillDo() {
        acknowledgedUnderTermOne("DUR")
                .cuts(PRIMARY, 3, 53)
                .ends(PRIMARY)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 3, 53)
                .holds("DUR");
    }

    @Test
    void moreFaultsThanPromisedExcuseALoss() {
        acknowledgedUnderTermOne("DUR")
                .strikes(new Fault.PowerLoss(STORE))
                .heals(new Fault.PowerLoss(STORE))
                .strikes(new Fault.PowerLoss(PRIMARY))
                .grants(BACKUP, 2)
                .resumes(BACKUP, 0, 50)
                .isInconclusive("DUR", "exceed", "POWER_LOSS x2");
    }

    @Test
    void faultsThatWereOverBeforeTheAcknowledgementExcuseNothing() {
        new Story("DUR")
                .strikes(new Fault.PowerLoss(STORE))
                .heals(new Fault.PowerLoss(STORE))
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .strikes(new Fault.PowerLoss(STORE))
                .grants(BACKUP, 2)
                .resumes(BACKUP, 0, 50)
                .isViolatedAtOnce("DUR");
    }

    private static Story cutOnce(Promise promise) {
        return new Story(promise, "DUR").grants(PRIMARY, 1).cuts(PRIMARY, 1, 51);
    }

    private static Story losesForGood(Story story, NodeId node) {
        return story.strikes(new Fault.PermanentLoss(node)).heals(new Fault.PermanentLoss(node));
    }

    private static Story acknowledgedAndGone(Story story) {
        return story.acknowledges(PRIMARY, 1).grants(BACKUP, 2).resumes(BACKUP, 0, 50);
    }

    @Test
    void aLossThatIsNotPromisedExcusesWhatWasWholeAndNotYetAcknowledged() {
        acknowledgedAndGone(losesForGood(cutOnce(Story.promise(true)).seals(STORE, 1), STORE))
                .isInconclusive("DUR", "exceed", "PERMANENT_LOSS x1");
    }

    @Test
    void aLossBeforeACheckpointWasWholeExcusesNothing() {
        acknowledgedAndGone(losesForGood(cutOnce(Story.promise(true)), STORE).seals(STORE, 1))
                .isViolatedAtOnce("DUR", "backup-1 resumed from nothing", "e1 had been");
    }

    @Test
    void aLossThatIsPromisedExcusesNothingWhenItIsBeforeTheAcknowledgementEither() {
        acknowledgedAndGone(
                        cutOnce(Story.promise(true))
                                .seals(STORE, 1)
                                .strikes(new Fault.PowerLoss(STORE))
                                .heals(new Fault.PowerLoss(STORE)))
                .isViolatedAtOnce("DUR", "POWER_LOSS x1");
    }

    @Test
    void whoAcknowledgesAgainWhatItWentOnFromPromisesAnew() {
        Story again =
                cutOnce(Story.promise(true))
                        .seals(STORE, 1)
                        .strikes(new Fault.PowerLoss(STORE))
                        .heals(new Fault.PowerLoss(STORE))
                        .resumes(PRIMARY, 1, 51)
                        .acknowledges(PRIMARY, 1)
                        .strikes(new Fault.PowerLoss(STORE));
        again.grants(BACKUP, 2).resumes(BACKUP, 0, 50).isViolatedAtOnce("DUR", "POWER_LOSS x1");
    }

    @Test
    void aLossThatIsNotPromisedExcusesWhatWasRestoredAndNotYetAcknowledged() {
        Story restored = cutOnce(Story.promise(true)).resumes(PRIMARY, 1, 51);
        acknowledgedAndGone(losesForGood(restored, STORE)).isInconclusive("DUR", "exceed");
    }

    @Test
    void decayExcusesWhateverIsWrittenAfterIt() {
        new Story("DUR")
                .strikes(new Fault.MemoryRot(STORE, 0, 64))
                .heals(new Fault.MemoryRot(STORE, 0, 64))
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .resumes(BACKUP, 0, 50)
                .isInconclusive("DUR");
    }

    @Test
    void faultsOfLinksAndOfClientsExcuseNothing() {
        acknowledgedUnderTermOne("DUR")
                .strikes(new Fault.LinkCut(PRIMARY, STORE))
                .strikes(new Fault.Isolation(STORE))
                .strikes(new Fault.PermanentLoss(CLIENT))
                .grants(BACKUP, 2)
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce("DUR");
    }

    @Test
    void aReplacedPrimaryThatStillAcknowledgesPromisesWhatIsLost() {
        acknowledgedUnderTermOne("DUR")
                .grants(BACKUP, 2)
                .resumes(BACKUP, 2, 52)
                .checkpoints(PRIMARY, 3, 53)
                .isViolatedAtOnce("DUR", "primary acknowledged e3", "backup-1 had resumed from e2");
    }

    @Test
    void anAcknowledgementThatWasOnlyHeldBackIsStillGood() {
        acknowledgedUnderTermOne("DUR")
                .cuts(PRIMARY, 3, 53)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 3, 53)
                .acknowledges(PRIMARY, 3)
                .holds("DUR");
    }

    /** The primary was replaced, and is given the next term, under which it restores later. */
    @Test
    void whoIsGivenATermPassesOverNothingBeforeItHasResumed() {
        givenTheNextTermAgain().resumes(PRIMARY, 3, 53).holds("DUR");
        givenTheNextTermAgain()
                .resumes(PRIMARY, 2, 52)
                .isViolatedAtOnce("DUR", "primary resumed from e2", "e3 had been");
    }

    /** Both are primary; the one under the newer term ends, with all that it took over. */
    @Test
    void aTakeOverInMemoryThatHasEndedPassesOverNothing() {
        var inMemory =
                new Promise(
                        "",
                        Acknowledgement.RECEIVED,
                        Promise.anyOf(EnumSet.of(FaultKind.PROCESS_CRASH)),
                        true);
        takenOverFor(new Story(inMemory, "DUR"))
                .checkpoints(PRIMARY, 2, 52)
                .isViolatedAtOnce("DUR", "primary acknowledged e2", "backup-1 had resumed from e1");
        takenOverFor(new Story(inMemory, "DUR"))
                .ends(BACKUP)
                .boots(BACKUP)
                .checkpoints(PRIMARY, 2, 52)
                .holds("DUR");
        // Without terms nobody says who may pass over what.
        new Story(inMemory, "DUR")
                .checkpoints(PRIMARY, 1, 51)
                .resumes(BACKUP, 1, 51)
                .ends(BACKUP)
                .boots(BACKUP)
                .checkpoints(PRIMARY, 2, 52)
                .isViolatedAtOnce("DUR", "primary acknowledged e2", "backup-1 had resumed from e1");
        takenOverFor(new Story("DUR"))
                .ends(BACKUP)
                .boots(BACKUP)
                .checkpoints(PRIMARY, 2, 52)
                .isViolatedAtOnce("DUR", "primary acknowledged e2", "backup-1 had resumed from e1");
    }

    private static Story takenOverFor(Story story) {
        return story.grants(PRIMARY, 1)
                .resumes(PRIMARY, 0, 50)
                .checkpoints(PRIMARY, 1, 51)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 1, 51);
    }

    private static Story givenTheNextTermAgain() {
        return givenTheThirdTerm().resumes(BACKUP, 2, 52).checkpoints(BACKUP, 3, 53);
    }

    /** The primary is given the third term, and still acts under the first one. */
    @Test
    void aTermThatIsNotYetTakenUpTakesNoAcknowledgementFromTheTermBefore() {
        givenTheThirdTerm()
                .checkpoints(PRIMARY, 3, 53)
                .resumes(BACKUP, 2, 52)
                .isViolatedAtOnce("DUR", "backup-1 resumed from e2", "e3 had been acknowledged");
        givenTheThirdTerm().checkpoints(PRIMARY, 3, 53).resumes(BACKUP, 3, 53).holds("DUR");
    }

    @Test
    void aTermThatIsNotYetTakenUpMakesNoReplacedPrimaryGood() {
        givenTheThirdTerm()
                .resumes(BACKUP, 2, 52)
                .checkpoints(PRIMARY, 3, 53)
                .isViolatedAtOnce("DUR", "primary acknowledged e3", "backup-1 had resumed from e2");
    }

    /** As when it never heard of the second term, which is over. */
    @Test
    void whoLeadsUnderALaterTermNeedNotHaveResumedUnderIt() {
        givenTheThirdTerm()
                .resumes(BACKUP, 2, 52)
                .leads(PRIMARY, 3)
                .checkpoints(PRIMARY, 3, 53)
                .grants(BACKUP, 4)
                .resumes(BACKUP, 3, 53)
                .holds("DUR");
    }

    private static Story givenTheThirdTerm() {
        return acknowledgedUnderTermOne("DUR").grants(BACKUP, 2).grants(PRIMARY, 3);
    }

    /** It claims what term it leads under, and nobody grants it one. */
    @Test
    void whoNeedsNoGrantToLeadOwesWhatItAcknowledged() {
        new Story("DUR")
                .resumes(PRIMARY, 0, 50)
                .leads(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .ends(PRIMARY)
                .resumes(PRIMARY, 0, 50)
                .isViolatedAtOnce("DUR", "primary resumed from nothing");
    }

    @Test
    void aTakeOverThatWasOvertakenItselfOwesNothingOfItsSuccessor() {
        acknowledgedUnderTermOne("DUR")
                .grants(BACKUP, 2)
                .grants(SECOND_BACKUP, 3)
                .resumes(SECOND_BACKUP, 2, 52)
                .checkpoints(SECOND_BACKUP, 3_000_001, 60)
                .resumes(BACKUP, 2, 52)
                .checkpoints(SECOND_BACKUP, 3_000_002, 61)
                .holds("DUR");
    }

    @Test
    void aMixtureOfTwoCheckpointsIsNeither() {
        acknowledgedUnderTermOne("ATOM")
                .resumes(BACKUP, 2, 999)
                .isViolatedAtOnce("ATOM", "is not what was cut as e2", "a mixture or damaged");
    }

    @Test
    void theContentOfAnotherCheckpointIsRecognised() {
        acknowledgedUnderTermOne("ATOM")
                .resumes(BACKUP, 2, 51)
                .isViolatedAtOnce("ATOM", "the content of e1");
    }

    @Test
    void aNumberThatNobodyCutCannotBeRestored() {
        acknowledgedUnderTermOne("ATOM").resumes(BACKUP, 9, 52).isViolatedAtOnce("ATOM", "nobody");
    }

    @Test
    void startsFromNothingAreAllAlike() {
        new Story("ATOM").resumes(PRIMARY, 0, 50).resumes(BACKUP, 0, 50).holds("ATOM");
        new Story("ATOM")
                .resumes(PRIMARY, 0, 50)
                .resumes(BACKUP, 0, 51)
                .isViolatedAtOnce("ATOM", "e0");
    }

    @Test
    void anUnfinishedCutThatWasCompleteAtTheStoreMayBeRestored() {
        new Story("ATOM").cuts(PRIMARY, 4, 54).resumes(BACKUP, 4, 54).holds("ATOM");
    }

    @Test
    void restoresDoNotGoBack() {
        acknowledgedUnderTermOne("MONO")
                .grants(BACKUP, 2)
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce("MONO", "backup-1 went back to e1", "e2 was acknowledged");
    }

    @Test
    void whatOneTakeOverSawTheNextOneSeesToo() {
        acknowledgedUnderTermOne("MONO")
                .cuts(PRIMARY, 3, 53)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 3, 53)
                .grants(SECOND_BACKUP, 3)
                .resumes(SECOND_BACKUP, 2, 52)
                .isViolatedAtOnce("MONO", "went back to e2", "e3 was restored");
    }

    @Test
    void whatWasSeenButNeverAcknowledgedMayGoWithPower() {
        acknowledgedUnderTermOne("MONO")
                .cuts(PRIMARY, 3, 53)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 3, 53)
                .strikes(new Fault.PowerLoss(STORE))
                .grants(SECOND_BACKUP, 3)
                .resumes(SECOND_BACKUP, 2, 52)
                .holds("MONO");
    }

    /** Two machines that keep all in memory, once taken for ones with disks. */
    @Test
    void whatWasRestoredMayGoWithMoreCrashesThanArePromised() {
        takenOverAfterOneCrash()
                .ends(BACKUP)
                .resumes(BACKUP, 0, 50)
                .isViolatedAtOnce("MONO", "went back to e0", "e2 was acknowledged");
        takenOverAfterOneCrash()
                .strikes(new Fault.ProcessCrash(BACKUP))
                .resumes(BACKUP, 0, 50)
                .holds("MONO");
    }

    private static Story takenOverAfterOneCrash() {
        Promise promise =
                new Promise(
                        "survives one crash",
                        Acknowledgement.RECEIVED,
                        Map.of(FaultKind.PROCESS_CRASH, 1),
                        false);
        return new Story(promise, "MONO")
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .checkpoints(PRIMARY, 2, 52)
                .strikes(new Fault.ProcessCrash(PRIMARY))
                .grants(BACKUP, 2)
                .resumes(BACKUP, 2, 52);
    }

    @Test
    void theCutsOfOnePrimaryGrow() {
        acknowledgedUnderTermOne("MONO")
                .cuts(PRIMARY, 2, 52)
                .isViolatedAtOnce("MONO", "do not grow");
    }

    @Test
    void oneNumberNamesOneContent() {
        acknowledgedUnderTermOne("MONO")
                .grants(BACKUP, 2)
                .cuts(BACKUP, 2, 77)
                .seals(BACKUP, 2)
                .isViolatedAtOnce("MONO", "sealed e2", "another content");
    }

    @Test
    void theBaseOfTheNewestCheckpointIsNotDiscarded() {
        Story story =
                new Story("GC")
                        .seals(PRIMARY, 4)
                        .seals(PRIMARY, 5, 4)
                        .acknowledges(PRIMARY, 5)
                        .discards(PRIMARY, 3);
        story.discards(PRIMARY, 4).isViolatedAtOnce("GC", "discarded e4", "needs all from e4");
    }

    @Test
    void onceANewerFullCheckpointIsAcknowledgedTheOlderOnesMayGo() {
        new Story("GC")
                .seals(PRIMARY, 4)
                .seals(PRIMARY, 5, 4)
                .acknowledges(PRIMARY, 5)
                .seals(PRIMARY, 6)
                .acknowledges(PRIMARY, 6)
                .discards(PRIMARY, 4)
                .discards(PRIMARY, 5)
                .holds("GC");
    }

    @Test
    void aFullCheckpointThatIsNotYetAcknowledgedReplacesNothing() {
        new Story("GC")
                .seals(PRIMARY, 5)
                .acknowledges(PRIMARY, 5)
                .seals(PRIMARY, 6)
                .discards(PRIMARY, 5)
                .isViolatedAtOnce("GC", "e5 is the newest acknowledged");
    }

    @Test
    void setsThatPileUpAreCounted() {
        Story story = new Story("BOUND");
        for (int epoch = 1; epoch <= 3; epoch++) {
            story.seals(PRIMARY, epoch);
        }
        story.discards(PRIMARY, 1).seals(PRIMARY, 4).seals(PRIMARY, 5);
        story.isViolatedAtOnce("BOUND", "4 sets are kept", "e2 to e5", "at most 3");
    }

    @Test
    void whatIsKeptBesideCheckpointsStaysWithinWhatWasPromised() {
        Promise promise = Story.promise(false).keeping("files of the log", 2);
        var kept = new Fact.Retained(0, "files of the log", 2);
        var more = new Fact.Retained(0, "files of the log", 3);
        new Story(promise, "BOUND").claims(PRIMARY, kept).holds("BOUND");
        new Story(promise, "BOUND")
                .claims(PRIMARY, more)
                .isViolatedAtOnce("BOUND", "keeps 3 files of the log", "at most 2");
    }

    @Test
    void aRollbackPastTwoSealedSetsIsTooDeep() {
        new Story("BOUND")
                .seals(PRIMARY, 1)
                .seals(PRIMARY, 2)
                .seals(PRIMARY, 3)
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce("BOUND", "passed over 2 sealed sets");
        new Story("BOUND")
                .seals(PRIMARY, 1)
                .seals(PRIMARY, 2)
                .resumes(BACKUP, 1, 51)
                .seals(BACKUP, 3)
                .seals(BACKUP, 4)
                .holds("BOUND");
    }
}
