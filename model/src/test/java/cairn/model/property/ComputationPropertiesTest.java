package cairn.model.property;

import cairn.model.Epoch;
import cairn.model.Fact;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DUR, MONO, CUT-1, CUT-2, EO, NOORPH, DET, INPUT, OUT, SP and RES of computations against
 * saboteurs.
 */
class ComputationPropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"CUT-1", "CUT-2", "EO", "NOORPH", "DET", "INPUT", "OUT", "SP"})
    void aRunInWhichNothingHappenedProvesNothing(String property) {
        new RankStory(property).isInconclusive();
    }

    // ---- DUR and MONO

    private static RankStory together(String property) {
        return new RankStory(Story.promise(true).withCommonNumbers(), property);
    }

    /** One more loss of power than the promise covers. */
    private static RankStory isLost(RankStory story) {
        return story.losesPower(0).losesPower(0);
    }

    private static RankStory acknowledgedAndGone(RankStory story) {
        return story.acknowledges(1, 1).line(0, 0).recovers(0, 0).recovers(1, 0);
    }

    /** Rank 1 acknowledges what it hears to be safe at all, and rank 0 said so before its loss. */
    @ParameterizedTest
    @ValueSource(strings = {"DUR", "MONO"})
    void aPartThatWasLostBeforeTheLastOneWasWholeIsNotOwed(String property) {
        acknowledgedAndGone(isLost(together(property).seals(0, 1)).seals(1, 1)).isInconclusive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DUR", "MONO"})
    void aPartThatWasCutByItselfIsOwedWhateverTheOthersLose(String property) {
        acknowledgedAndGone(isLost(new RankStory(property).seals(0, 1)).seals(1, 1))
                .isViolatedAtOnce("rank-1", "e1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DUR", "MONO"})
    void aLossBeforeAnyPartWasWholeExcusesNothing(String property) {
        acknowledgedAndGone(isLost(together(property)).seals(0, 1).seals(1, 1))
                .isViolatedAtOnce("rank-1", "e1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DUR", "MONO"})
    void aLossOfAPartThatIsPromisedToBeSurvivedExcusesNothing(String property) {
        acknowledgedAndGone(together(property).seals(0, 1).losesPower(0).seals(1, 1))
                .isViolatedAtOnce("rank-1", "e1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DUR", "MONO"})
    void ranksThatWentBackTogetherPromiseAnew(String property) {
        RankStory again =
                isLost(together(property).seals(0, 1))
                        .seals(1, 1)
                        .acknowledges(1, 1)
                        .line(1, 1)
                        .recovers(0, 1)
                        .recovers(1, 1)
                        .acknowledges(0, 1);
        acknowledgedAndGone(again).isViolatedAtOnce("rank-0", "e1");
    }

    // ---- ATOM

    @Test
    void ranksThatCutTogetherGoBackToOneNumber() {
        var promise = Story.promise(true).withCommonNumbers();
        new RankStory(promise, "ATOM").line(2, 2).isInconclusive("nothing was ever restored");
        new RankStory(promise, "ATOM").line(1, 2).isViolatedAtOnce("a mixture", "e1", "e2");
    }

    @Test
    void numbersOfRanksThatCutByThemselvesMayDiffer() {
        new RankStory("ATOM").line(1, 2).isInconclusive("nothing was ever restored");
    }

    // ---- CUT-1

    @Test
    void aLineWithTheSendingOfWhatWasReceivedIsConsistent() {
        new RankStory("CUT-1")
                .sends(1, 11)
                .cuts(0, 1)
                .receives(1, 11)
                .cuts(1, 1)
                .line(1, 1)
                .holds();
    }

    @Test
    void aReceiptWithoutItsSendingIsAnOrphan() {
        new RankStory("CUT-1")
                .cuts(0, 1)
                .sends(1, 11)
                .receives(1, 11)
                .cuts(1, 1)
                .line(1, 1)
                .isViolatedAtOnce("has orphans", "had received message 1", "had sent 0");
    }

    @Test
    void aReceiptFromAHistoryThatWasTakenBackIsAnOrphan() {
        new RankStory("CUT-1")
                .sends(1, 11)
                .recovers(0, 0)
                .sends(1, 12)
                .receives(1, 11)
                .cuts(0, 1)
                .cuts(1, 1)
                .line(1, 1)
                .isViolatedAtOnce("has an orphan", "message 1 of rank 0 to rank 1");
    }

    @Test
    void contentsOfACutThatWasTakenBackAreNotCompared() {
        new RankStory("CUT-1")
                .sends(1, 11)
                .receives(1, 11)
                .cuts(0, 1)
                .cuts(1, 1)
                .recovers(0, 0)
                .sends(1, 12)
                .line(1, 1)
                .holds();
    }

    // ---- CUT-2

    @Test
    void aMessageOnItsWayToARankThatRecoversArrives() {
        new RankStory("CUT-2").sends(1, 11).recovers(1, 0).receives(1, 11).holds();
    }

    @Test
    void aMessageThatNeverArrivesIsMissed() {
        new RankStory("CUT-2")
                .sends(1, 11)
                .recovers(1, 0)
                .isViolatedForEver("message 1 of rank 0 to rank 1 was sent and never arrived");
    }

    // ---- EO

    @Test
    void receiptsGoOnWhereTheCutWas() {
        new RankStory("EO")
                .receives(1, 11)
                .cuts(1, 1)
                .receives(2, 12)
                .recovers(1, 1)
                .receives(2, 12)
                .holds();
    }

    @Test
    void aMessageThatIsReceivedTwiceIsADuplicate() {
        new RankStory("EO")
                .receives(1, 11)
                .cuts(1, 1)
                .recovers(1, 1)
                .receives(1, 11)
                .isViolatedAtOnce("it received it before");
    }

    @Test
    void aMessageThatIsLeftOutIsMissed() {
        new RankStory("EO").receives(1, 11).receives(3, 13).isViolatedAtOnce("are left out");
    }

    // ---- NOORPH

    @Test
    void aSenderThatRepeatsWhatOthersDependOnLeavesNoOrphan() {
        new RankStory("NOORPH").sends(1, 11).receives(1, 11).recovers(0, 0).sends(1, 11).holds();
    }

    @Test
    void aSenderThatRepeatsSomethingElseLeavesAnOrphan() {
        new RankStory("NOORPH")
                .sends(1, 11)
                .receives(1, 11)
                .recovers(0, 0)
                .sends(1, 12)
                .isViolatedInTheEnd("message 1", "never sent in the history that counts");
    }

    @Test
    void aSenderThatDoesNotRepeatLeavesAnOrphanWhetherTheRunEndsOrNot() {
        new RankStory("NOORPH")
                .sends(1, 11)
                .receives(1, 11)
                .recovers(0, 0)
                .isViolatedInTheEnd("were received", "the sender sent 0");
        new RankStory("NOORPH")
                .sends(1, 11)
                .receives(1, 11)
                .recovers(0, 0)
                .isViolatedForEver("were received", "the sender sent 0");
    }

    @Test
    void anOrphanThatRollsBackIsNone() {
        new RankStory("NOORPH")
                .sends(1, 11)
                .receives(1, 11)
                .recovers(0, 0)
                .sends(1, 12)
                .resumes(1, 0)
                .receives(1, 12)
                .holds();
    }

    @Test
    void aHistoryThatWasTakenBackAndIsGoneOnWithHasNoOrphans() {
        new RankStory("NOORPH")
                .cuts(0, 1)
                .cuts(1, 1)
                .sends(1, 11)
                .receives(1, 11)
                .cuts(0, 2)
                .cuts(1, 2)
                .recovers(0, 1)
                .recovers(1, 1)
                .sends(1, 12)
                .recovers(0, 2)
                .recovers(1, 2)
                .isInconclusive("no rank repeated");
    }

    // ---- DET

    @Test
    void whatWasLoggedIsRepeated() {
        new RankStory("DET").receives(1, 11).logs(1).recovers(1, 0).receives(1, 11).holds();
    }

    @Test
    void whatWasLoggedAndIsRepeatedInAnotherWayIsALie() {
        new RankStory("DET")
                .receives(1, 11)
                .logs(1)
                .recovers(1, 0)
                .receives(1, 12)
                .isViolatedAtOnce("receipt 1 of rank 1", "which was logged");
    }

    @Test
    void whatIsLoggedAfterARollBackSaysNothingOfWhatWasBeforeIt() {
        new RankStory("DET")
                .receives(1, 11)
                .receives(2, 12)
                .logs(1)
                .resumes(1, 0)
                .receives(1, 11)
                .logs(2)
                .receives(2, 13)
                .holds();
    }

    @Test
    void aRankThatFailsAgainWhileItRepeatsStillOwesTheRest() {
        new RankStory("DET")
                .receives(1, 11)
                .receives(2, 12)
                .logs(2)
                .recovers(1, 0)
                .receives(1, 11)
                .recovers(1, 0)
                .receives(1, 11)
                .receives(2, 13)
                .isViolatedAtOnce("receipt 2 of rank 1");
    }

    @Test
    void anOrphanThatRollsBackTakesItsClaimBack() {
        new RankStory("DET")
                .receives(1, 11)
                .receives(2, 12)
                .logs(2)
                .logs(1)
                .resumes(1, 0)
                .receives(1, 11)
                .receives(2, 13)
                .holds();
    }

    @Test
    void anInputThatWasLoggedIsRepeatedToo() {
        new RankStory("DET")
                .reads(1, 1, 7)
                .logs(1)
                .recovers(1, 0)
                .reads(1, 1, 8)
                .isViolatedAtOnce("receipt 1 of rank 1", "an input");
    }

    // ---- INPUT

    private static RankStory inputBehindMessage() {
        return new RankStory("INPUT").reads(0, 1, 7).sends(1, 11).receives(1, 11);
    }

    @Test
    void anInputBehindAMessageIsReadAgainAsItWas() {
        inputBehindMessage().recovers(0, 0).reads(0, 1, 7).sends(1, 11).holds();
    }

    @Test
    void aSurvivorThatDependsOnAnInputReadOtherwiseIsAnOrphan() {
        // Although the message says the same.
        inputBehindMessage()
                .recovers(0, 0)
                .reads(0, 1, 8)
                .sends(1, 11)
                .isViolatedInTheEnd("message 1 of rank 0 to rank 1", "read otherwise");
    }

    @Test
    void whoGoesBackToBeforeAnInputDependsOnItNoMore() {
        inputBehindMessage()
                .recovers(0, 0)
                .resumes(1, 0)
                .reads(0, 1, 8)
                .sends(1, 12)
                .receives(1, 12)
                .holds();
    }

    @Test
    void anInputInACheckpointIsReadNoMore() {
        inputBehindMessage()
                .cuts(0, 1)
                .reads(0, 2, 9)
                .recovers(0, 1)
                .reads(0, 2, 10)
                .sends(2, 12)
                .receives(2, 12)
                .holds();
    }

    @Test
    void anInputBehindAnOutputThatLeftMayNotChange() {
        new RankStory("INPUT")
                .reads(1, 1, 7)
                .produces(1, 5)
                .emits(1, 5)
                .recovers(1, 0)
                .reads(1, 1, 8)
                .produces(1, 5)
                .isViolatedInTheEnd("output 1 of rank 1 left", "read otherwise");
    }

    @Test
    void afterMoreFaultsThanPromisedAnInputBehindAnOutputMayChange() {
        new RankStory("INPUT")
                .reads(1, 1, 7)
                .produces(1, 5)
                .emits(1, 5)
                .losesPower(0)
                .losesPower(1)
                .recovers(1, 0)
                .reads(1, 1, 8)
                .produces(1, 5)
                .holds();
    }

    @Test
    void anOutputThatWaitedMayHaveAnotherInput() {
        new RankStory("INPUT")
                .reads(1, 1, 7)
                .produces(1, 5)
                .recovers(1, 0)
                .reads(1, 1, 8)
                .produces(1, 6)
                .emits(1, 6)
                .holds();
    }

    // ---- OUT

    @Test
    void anOutputThatIsRepeatedIsTheSame() {
        new RankStory("OUT").produces(1, 5).emits(1, 5).recovers(1, 0).produces(1, 5).holds();
    }

    @Test
    void anOutputThatIsAnotherOneWhenItIsRepeatedWasEarly() {
        new RankStory("OUT")
                .produces(1, 5)
                .emits(1, 5)
                .recovers(1, 0)
                .produces(1, 6)
                .isViolatedAtOnce("is another one when it repeats it");
    }

    @Test
    void anOutputIsOwedWhileThePromiseCoversTheFaultsSinceItLeft() {
        new RankStory("OUT")
                .losesPower(0)
                .produces(1, 5)
                .emits(1, 5)
                .losesPower(0)
                .recovers(1, 0)
                .produces(1, 6)
                .isViolatedAtOnce("is another one when it repeats it");
        new RankStory("OUT")
                .produces(1, 5)
                .emits(1, 5)
                .losesPower(0)
                .losesPower(1)
                .recovers(1, 0)
                .produces(1, 6)
                .holds();
    }

    @Test
    void anOutputThatNobodyHadIsInvented() {
        new RankStory("OUT").emits(1, 5).isViolatedAtOnce("it had no such output");
    }

    @Test
    void anOutputThatOvertakesAnotherIsEarly() {
        new RankStory("OUT")
                .produces(1, 5)
                .produces(2, 6)
                .emits(2, 6)
                .isViolatedAtOnce("left before output 1");
    }

    @Test
    void anOutputThatIsNeverRepeatedWasEarly() {
        new RankStory("OUT")
                .produces(1, 5)
                .emits(1, 5)
                .recovers(1, 0)
                .isViolatedInTheEnd("1 outputs left", "had 0");
    }

    // ---- SP

    @Test
    void theInstanceThatResumedLastIsHeard() {
        new RankStory("SP").sends(1, 11).recovers(0, 0).sends(1, 12).receives(1, 12).holds();
    }

    @Test
    void anInstanceThatWasReplacedIsNotHeard() {
        new RankStory("SP")
                .claims(2, new Fact.Resumed(0, Epoch.ZERO))
                .sends(1, 11)
                .receives(1, 11)
                .isViolatedAtOnce("rank 1 received message 1 of an instance of rank 0");
    }

    @Test
    void anInstanceThatWasReplacedHasNoOutput() {
        new RankStory("SP")
                .claims(2, new Fact.Resumed(1, Epoch.ZERO))
                .emits(1, 5)
                .isViolatedAtOnce("from an instance that another one had replaced");
    }

    // ---- RES

    @Test
    void theResultIsThatOfARunWithoutFailures() {
        new RankStory("RES").finishes(Greeting.RESULT, Greeting.RESULT).holds();
    }

    @Test
    void anotherResultIsWrong() {
        new RankStory("RES")
                .finishes(Greeting.RESULT, 8)
                .isViolatedInTheEnd("rank 1 came to 8, and without failures to 7");
    }
}
