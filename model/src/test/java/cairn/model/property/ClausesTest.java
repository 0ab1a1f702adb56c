package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.MANAGER;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.SECOND_MANAGER;
import static cairn.model.property.Story.STORE;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.fault.Fault;
import cairn.model.verbs.Opcode;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Single clauses of the statements of properties, each with a history that breaks it alone: what
 * docs/oracle.md says that they judge.
 */
final class ClausesTest {

    private static final Bounds BOUNDS = new Bounds(3, 1_000_000, 10_000);

    // ---- ATOM

    @Test
    void aRankThatGoesBackToAnotherCheckpointThanTheLineSaysIsAMixture() {
        new RankStory("ATOM")
                .cuts(0, 1)
                .cuts(1, 1)
                .cuts(1, 2)
                .line(1, 1)
                .recovers(0, 1)
                .recovers(1, 2)
                .isViolatedAtOnce("rank 1 went back to e2", "the line that was chosen has its e1");
    }

    @Test
    void aRankThatMovesGoesOnFromACutThatWasMadeForThat() {
        new RankStory("ATOM").line(0, 0).cuts(1, 1).recovers(1, 1).holds();
    }

    // ---- MONO

    @Test
    void acknowledgedNumbersDoNotGoDown() {
        new Story("MONO")
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .checkpoints(PRIMARY, 2, 52)
                .acknowledges(PRIMARY, 1)
                .isViolatedAtOnce("MONO", "primary acknowledged e1", "after e2");
    }

    @Test
    void anOlderVersionDoesNotTakeThePlaceOfANewerOne() {
        new Story("MONO")
                .holds(STORE, 2, 52)
                .acknowledges(PRIMARY, 2)
                .holds(STORE, 1, 51)
                .isViolatedAtOnce("MONO", "pmu-1 holds e1 of 'r'", "in the place of e2");
    }

    @Test
    void whoeverTakesOverMayHaveAnOlderVersionHeldAgain() {
        new Story("MONO")
                .holds(STORE, 2, 52)
                .resumes(BACKUP, 1, 51)
                .holds(STORE, 1, 51)
                .claims(STORE, Fact.Held.nothing("r"))
                .holds(STORE, 1, 51)
                .isInconclusive("MONO");
    }

    @Test
    void whoStillHoldsWhatWasPassedOverMayBeGivenWhatWasRestored() {
        new Story("MONO")
                .acknowledges(PRIMARY, 1)
                .holds(STORE, 2, 52)
                .resumes(BACKUP, 1, 51)
                .ends(STORE)
                .boots(STORE)
                .holds(STORE, 2, 52)
                .holds(STORE, 1, 51)
                .holds("MONO");
    }

    /** Two primaries gave one number: what is held is that which is not acknowledged. */
    @Test
    void whatATakeOverPassedOverIsNotWhatIsAcknowledgedUnderItsNumber() {
        twoOfOneNumber().holds(STORE, 1, 51).holds("MONO");
        twoOfOneNumber().holds(STORE, 3, 53).holds(STORE, 1, 51).holds("MONO");
        twoOfOneNumber()
                .holds(STORE, 2, 62)
                .holds(STORE, 1, 51)
                .isViolatedAtOnce("MONO", "pmu-1 holds e1 of 'r'", "in the place of e2");
    }

    @Test
    void whoStartsAgainMayFindWhatWasPassedOver() {
        twoOfOneNumber()
                .ends(STORE)
                .boots(STORE)
                .holds(STORE, 2, 52)
                .holds(STORE, 1, 51)
                .holds(STORE, 2, 62)
                .holds("MONO");
    }

    @Test
    void whatWasPassedOverDoesNotTakeThePlaceOfWhatIsAcknowledged() {
        twoOfOneNumber()
                .holds(STORE, 2, 62)
                .holds(STORE, 2, 52)
                .isViolatedAtOnce("MONO", "pmu-1 holds e2 of 'r', of another history,");
        twoOfOneNumber()
                .holds(STORE, 2, 62)
                .holds(STORE, 3, 53)
                .isViolatedAtOnce("MONO", "holds e3", "of another history", "e2 is acknowledged");
        twoOfOneNumber().holds(STORE, 2, 62).cuts(BACKUP, 3, 63).holds(STORE, 3, 63).holds("MONO");
    }

    /** It counted as no newer than what a take-over had gone on from, for good. */
    @Test
    void whatATakeOverPassedOverCountsAgainWhenAnotherGoesOnFromIt() {
        passedOver()
                .resumes(PRIMARY, 2, 52)
                .acknowledges(PRIMARY, 2)
                .holds(STORE, 1, 51)
                .isViolatedAtOnce("MONO", "pmu-1 holds e1 of 'r'", "in the place of e2");
    }

    /** A store holds the second checkpoint, and a take-over goes on from the first. */
    private static Story passedOver() {
        return new Story("MONO")
                .resumes(PRIMARY, 0, 50)
                .checkpoints(PRIMARY, 1, 51)
                .cuts(PRIMARY, 2, 52)
                .cuts(PRIMARY, 3, 53)
                .holds(STORE, 2, 52)
                .resumes(BACKUP, 1, 51);
    }

    private static Story twoOfOneNumber() {
        return passedOver().checkpoints(BACKUP, 2, 62);
    }

    @Test
    void whatNeverLeftItsProcessMayBePassedOverByWhoeverDoesNotKnowIt() {
        own().grants(BACKUP, 4).resumes(BACKUP, 1, 51).holds("MONO");
    }

    @Test
    void whatWasSealedIsKnownToOthersWhoeverCutIt() {
        own().seals(STORE, 2)
                .grants(PRIMARY, 4)
                .resumes(PRIMARY, 2, 52)
                .grants(BACKUP, 5)
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce("MONO", "backup-1 went back to e1", "e2 was restored");
    }

    @Test
    void whatAnEarlierLifeCutHasLeftItsProcess() {
        own().ends(PRIMARY)
                .boots(PRIMARY)
                .grants(PRIMARY, 4)
                .resumes(PRIMARY, 2, 52)
                .grants(BACKUP, 5)
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce("MONO", "backup-1 went back to e1", "e2 was restored");
    }

    /** Steps down with a cut that nobody else has, and goes on from it under another term. */
    private static Story own() {
        return new Story("MONO")
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .cuts(PRIMARY, 2, 52)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 1, 51)
                .grants(PRIMARY, 3)
                .resumes(PRIMARY, 2, 52);
    }

    @Test
    void whatSomeHoldersHadMayBePassedOverByWhoeverFindsAnother() {
        ofOneHolder().grants(PRIMARY, 3).resumes(PRIMARY, 1, 51).holds("MONO");
    }

    @Test
    void whatWasRestoredIsFoundAgainUnderTheSameTermAndWhenItIsSealed() {
        ofOneHolder()
                .resumes(BACKUP, 1, 51)
                .isViolatedAtOnce("MONO", "backup-1 went back to e1", "e2 was restored");
        ofOneHolder()
                .seals(BACKUP, 2)
                .grants(PRIMARY, 3)
                .resumes(PRIMARY, 1, 51)
                .isViolatedAtOnce("MONO", "primary went back to e1", "e2 was restored");
    }

    @Test
    void whatNoHolderHasIsNoReasonToGoBack() {
        ofOneHolder()
                .holds(MANAGER, 2, 52)
                .grants(PRIMARY, 3)
                .resumes(PRIMARY, 1, 51)
                .isViolatedAtOnce("MONO", "primary went back to e1", "e2 was restored");
    }

    /** One of two holders has the second checkpoint, which a take-over goes on from. */
    private static Story ofOneHolder() {
        return new Story("MONO")
                .grants(PRIMARY, 1)
                .checkpoints(PRIMARY, 1, 51)
                .holds(MANAGER, 1, 51)
                .cuts(PRIMARY, 2, 52)
                .holds(STORE, 2, 52)
                .grants(BACKUP, 2)
                .resumes(BACKUP, 2, 52);
    }

    @Test
    void aNumberIsRestoredWithTheContentThatItWasSealedWith() {
        new Story("MONO")
                .cuts(PRIMARY, 1, 51)
                .seals(STORE, 1)
                .resumes(BACKUP, 1, 52)
                .isViolatedAtOnce("MONO", "backup-1 restored e1", "than it was sealed with");
    }

    @Test
    void twoThatRestoreOneNumberGetOneContent() {
        new Story("MONO")
                .cuts(PRIMARY, 1, 51)
                .cuts(BACKUP, 1, 52)
                .seals(STORE, 1)
                .resumes(PRIMARY, 1, 51)
                .resumes(BACKUP, 1, 52)
                .isViolatedAtOnce("MONO", "backup-1 restored e1", "than it was restored with");
    }

    // ---- META

    @Test
    void anEntryBeyondTheEndOfTheStoreIsOutOfBounds() {
        new Story("META")
                .reads(new Fact.Entry("r", 65_536 - 64, 128))
                .isViolatedAtOnce("META", "out of bounds");
    }

    // ---- AUTH

    @Test
    void whatIsRefusedMovesNoByte() {
        new Story("AUTH")
                .lays("r", 0, 4096)
                .refuses(PRIMARY, Opcode.WRITE, 8)
                .isViolatedAtOnce("AUTH", "was refused by pmu-1", "moved 8 bytes");
    }

    @Test
    void whoProvedItselfToAnEarlierIncarnationHasToDoSoAgain() {
        new Story("AUTH")
                .lays("r", 0, 4096)
                .proves(PRIMARY)
                .grants(PRIMARY, 1)
                .accesses(PRIMARY, Opcode.WRITE, 0, 64)
                .ends(STORE)
                .boots(STORE)
                .accesses(PRIMARY, Opcode.WRITE, 0, 64)
                .isViolatedAtOnce("AUTH", "never proved who it is");
    }

    // ---- OUT

    private static Story answeredOnce() {
        return new Story("OUT")
                .grants(PRIMARY, 1)
                .resumes(PRIMARY, 0, 50)
                .asks(CLIENT, 1, new Till.Move(0, 1, 30))
                .executes(PRIMARY, CLIENT, 1)
                .checkpoints(PRIMARY, 1, 51)
                .releases(PRIMARY, CLIENT, 1, 1);
    }

    @Test
    void anAnswerThatLeavesAgainIsTheSame() {
        answeredOnce().releases(PRIMARY, CLIENT, 1, 1).holds("OUT");
        answeredOnce()
                .releases(PRIMARY, CLIENT, 1, 0)
                .isViolatedAtOnce(
                        "OUT", "answered request 1 of client-1", "had been answered by 1");
    }

    // ---- EO

    @Test
    void aServiceThatMakesAChangeThatItRestoredMakesItTwice() {
        new Story("EO")
                .resumes(PRIMARY, 0, 50)
                .asks(CLIENT, 1, new Till.Move(0, 1, 30))
                .executes(PRIMARY, CLIENT, 1)
                .cuts(PRIMARY, 1, 51)
                .resumes(BACKUP, 1, 51)
                .executes(BACKUP, CLIENT, 1)
                .isViolatedAtOnce("EO", "backup-1 executed request 1", "a memory that had seen it");
    }

    @Test
    void aServiceThatLostAChangeMakesItAgain() {
        new Story("EO")
                .resumes(PRIMARY, 0, 50)
                .cuts(PRIMARY, 1, 50)
                .asks(CLIENT, 1, new Till.Move(0, 1, 30))
                .executes(PRIMARY, CLIENT, 1)
                .resumes(BACKUP, 1, 50)
                .executes(BACKUP, CLIENT, 1)
                .holds("EO");
    }

    // ---- CUT-2

    @Test
    void aMessageThatIsMissingWhenAllCameToTheirEndIsLost() {
        new RankStory("CUT-2")
                .sends(1, 11)
                .sends(2, 12)
                .cuts(1, 1)
                .recovers(1, 1)
                .receives(1, 11)
                .isViolatedInTheEnd("message 2 of rank 0 to rank 1", "all ranks came to their end");
    }

    // ---- DET

    @Test
    void aLoggedReceiptLeadsToTheStateThatItLedTo() {
        new RankStory("DET")
                .receivesInto(1, 11, 71)
                .logs(1)
                .recovers(1, 0)
                .receivesInto(1, 11, 72)
                .isViolatedAtOnce("receipt 1 of rank 1", "leads to another state");
    }

    // ---- GC

    @Test
    void aCheckpointOfTheNewestLineIsKeptThoughItsRankHasNewerOnes() {
        // Rank 1 received what rank 0 has not yet sent at its newest checkpoint.
        new RankStory("GC")
                .line(0, 0)
                .seals(0, 1)
                .seals(1, 1)
                .sends(1, 11)
                .receives(1, 11)
                .seals(1, 2)
                .discards(1, 1)
                .isViolatedAtOnce("rank 1 gave up e1", "the newest line");
    }

    @Test
    void aCheckpointBeforeTheNewestLineMayGo() {
        new RankStory("GC")
                .line(0, 0)
                .seals(0, 1)
                .seals(1, 1)
                .sends(1, 11)
                .receives(1, 11)
                .seals(1, 2)
                .seals(0, 2)
                .discards(1, 1)
                .holds();
    }

    // ---- DEG

    private static Story aCopyIsLost() {
        return new Story(Story.promise(true), BOUNDS, "DEG")
                .acknowledges(PRIMARY, 1)
                .claims(PRIMARY, new Fact.Pledged("r", 1, 50_000, 1))
                .holds(STORE, 1, 51)
                .holds(MANAGER, 1, 51)
                .strikes(new Fault.PermanentLoss(STORE))
                .ends(MANAGER);
    }

    private static Verdict whenHealedAt(long healed, Story story) {
        return story.only(new Ending(story.now() + 200_000, healed, true, List.of()));
    }

    @Test
    void copiesAreBackInTimeAndNotJustAtTheEnd() {
        Story soon = aCopyIsLost();
        long healed = soon.now();
        soon.later(10_000).holds(SECOND_MANAGER, 1, 51);
        assertInstanceOf(Verdict.Holds.class, whenHealedAt(healed, soon));
        Story late = aCopyIsLost();
        late.later(60_000).holds(SECOND_MANAGER, 1, 51);
        Verdict.Violated verdict =
                assertInstanceOf(Verdict.Violated.class, whenHealedAt(healed, late));
        Story.saysAll(verdict.explanation(), "1 nodes", "they did only");
    }

    @Test
    void whoStartsAnewHoldsNothingUntilItSaysSo() {
        Story silent = aCopyIsLost().boots(MANAGER);
        Verdict.Violated verdict =
                assertInstanceOf(Verdict.Violated.class, whenHealedAt(silent.now(), silent));
        Story.saysAll(verdict.explanation(), "at the end only these do: []");
    }

    // ---- LIVE

    private static Story answered() {
        return new Story(Story.promise(true), BOUNDS, "LIVE")
                .leads(PRIMARY, 1)
                .asks(CLIENT, 1, new Till.Count())
                .learns(CLIENT, 1, 400);
    }

    private static Verdict after(long nanos, Story story) {
        return story.only(new Ending(story.now() + nanos, story.now(), true, List.of()));
    }

    @Test
    void oneInstanceLeadsInTheEnd() {
        assertInstanceOf(Verdict.Holds.class, after(1, answered()));
        Verdict.Violated two =
                assertInstanceOf(
                        Verdict.Violated.class, after(1_000_000, answered().leads(BACKUP, 2)));
        Story.saysAll(two.explanation(), "not one instance leads, but 2");
        Verdict.Violated none =
                assertInstanceOf(
                        Verdict.Violated.class, after(1_000_000, answered().ends(PRIMARY)));
        Story.saysAll(none.explanation(), "not one instance leads, but 0");
    }

    @Test
    void whoDoesNotYetKnowThatItIsReplacedHasTime() {
        assertInstanceOf(Verdict.Inconclusive.class, after(1, answered().leads(BACKUP, 2)));
        assertInstanceOf(
                Verdict.Holds.class,
                after(1, answered().leads(BACKUP, 2).claims(PRIMARY, new Fact.SteppedDown(1))));
    }

    @Test
    void ranksThatGoOnCuttingGoOnAcknowledging() {
        new RankStory("LIVE")
                .seals(0, 1)
                .claims(0, new Fact.Acknowledged(0, new Epoch(1)))
                .cuts(0, 2)
                .later(2_000_000)
                .isViolatedInTheEnd("no checkpoint is acknowledged any more");
    }

    @Test
    void aCutThatIsNewIsNotYetDue() {
        new RankStory("LIVE").seals(0, 1).cuts(0, 2).holds();
    }
}
