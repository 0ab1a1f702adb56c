package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.MANAGER;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.SECOND_MANAGER;
import static cairn.model.property.Story.STORE;

import cairn.model.Acknowledgement;
import cairn.model.Epoch;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Promise;
import cairn.model.fault.Fault;
import cairn.model.fault.FaultKind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** NAMES and DEG against saboteurs, and faults that strike a failure domain. */
class ReplicationPropertiesTest {

    private static final Bounds BOUNDS = new Bounds(4, 1_000_000, 1_000);

    private static Fact.Registered registered(NodeId holder, long term) {
        return new Fact.Registered("accounts", holder, term);
    }

    @Test
    void aNameThatPassesFromOneHolderToTheNextIsUnique() {
        new Story("NAMES")
                .claims(MANAGER, registered(PRIMARY, 1))
                .claims(SECOND_MANAGER, registered(BACKUP, 2))
                .holds("NAMES");
    }

    @Test
    void twoHoldersUnderOneTermAreCaught() {
        new Story("NAMES")
                .claims(MANAGER, registered(PRIMARY, 1))
                .claims(SECOND_MANAGER, registered(BACKUP, 1))
                .isViolatedAtOnce(
                        "NAMES",
                        "manager-2 registered 'accounts' for backup-1 under term 1",
                        "primary has it");
    }

    @Test
    void oneHolderAloneAndHoldersOfOtherNamesProveNothing() {
        new Story("NAMES")
                .claims(MANAGER, registered(PRIMARY, 1))
                .claims(MANAGER, new Fact.Registered("other", BACKUP, 1))
                .isInconclusive("NAMES", "second holder");
    }

    private static Story pledged(Promise promise) {
        return new Story(promise, BOUNDS, "DEG")
                .claims(PRIMARY, new Fact.Pledged("accounts", 2, 10_000, 1))
                .claims(PRIMARY, held(7))
                .acknowledges(PRIMARY, 7);
    }

    private static Story pledged() {
        return pledged(Story.promise(true));
    }

    private static Fact.Held held(long version) {
        return new Fact.Held("accounts", new Epoch(version), version);
    }

    private static Story lostAndReplaced(Story story) {
        return story.claims(STORE, held(7))
                .claims(MANAGER, held(8))
                .strikes(new Fault.PermanentLoss(STORE));
    }

    @Test
    void aCopyThatIsMadeAnewWhereOneWasLostRestoresTheDegree() {
        lostAndReplaced(pledged()).claims(SECOND_MANAGER, held(7)).later(20_000).holds("DEG");
    }

    @Test
    void aDegreeThatIsNeverRestoredIsCaught() {
        lostAndReplaced(pledged())
                .later(20_000)
                .isViolated("DEG", "2 nodes", "e7 of 'accounts'", "[manager-1]");
    }

    @Test
    void aCopyOfAnOlderVersionAndOneOfThePledgerDoNotCount() {
        lostAndReplaced(pledged())
                .claims(SECOND_MANAGER, held(6))
                .later(20_000)
                .isViolated("DEG", "[manager-1]");
    }

    @Test
    void aCopyOfAHistoryThatWasPassedOverDoesNotCountWhateverItsNumber() {
        cutAndLost().claims(SECOND_MANAGER, copy(8, 98)).later(20_000).holds("DEG");
        cutAndLost()
                .claims(SECOND_MANAGER, copy(8, 88))
                .later(20_000)
                .isViolated("DEG", "[manager-1]");
        cutAndLost()
                .claims(SECOND_MANAGER, copy(7, 87))
                .later(20_000)
                .isViolated("DEG", "[manager-1]");
    }

    /** Two primaries cut a seventh and an eighth checkpoint; the second one's is acknowledged. */
    private static Story cutAndLost() {
        return new Story(Story.promise(true), BOUNDS, "DEG")
                .claims(BACKUP, new Fact.Pledged("accounts", 2, 10_000, 1))
                .resumes(PRIMARY, 0, 80)
                .cuts(PRIMARY, 7, 87)
                .cuts(PRIMARY, 8, 88)
                .resumes(BACKUP, 0, 80)
                .cuts(BACKUP, 7, 97)
                .acknowledges(BACKUP, 7)
                .cuts(BACKUP, 8, 98)
                .claims(STORE, copy(7, 97))
                .claims(MANAGER, copy(7, 97))
                .strikes(new Fault.PermanentLoss(STORE));
    }

    private static Fact.Held copy(long version, long digest) {
        return new Fact.Held("accounts", new Epoch(version), digest);
    }

    @Test
    void thePledgeOfAnEarlierTermThatIsHeardLateChangesNothing() {
        lostAndReplaced(pledged())
                .claims(BACKUP, new Fact.Pledged("accounts", 9, 10_000, 0))
                .claims(SECOND_MANAGER, held(7))
                .later(20_000)
                .holds("DEG");
    }

    private static Story pledgedLongBefore() {
        return new Story(Story.promise(true), BOUNDS, "DEG")
                .claims(PRIMARY, new Fact.Pledged("accounts", 1, 10_000, 1))
                .later(20_000)
                .strikes(new Fault.Pause(BACKUP))
                .heals(new Fault.Pause(BACKUP));
    }

    @Test
    void nothingIsOwedBeforeTheFirstAcknowledgement() {
        pledgedLongBefore()
                .claims(STORE, held(7))
                .acknowledges(PRIMARY, 7)
                .later(20_000)
                .isInconclusive("DEG", "ever lost");
        pledgedLongBefore().isInconclusive("DEG", "nothing was acknowledged");
        pledgedLongBefore().acknowledges(PRIMARY, 7).isInconclusive("DEG", "ended before");
    }

    @Test
    void theFirstCopyIsOwedInTimeAfterTheFirstAcknowledgement() {
        pledgedLongBefore()
                .acknowledges(PRIMARY, 7)
                .later(20_000)
                .claims(STORE, held(7))
                .isViolated("DEG", "1 nodes", "they did only at");
    }

    /** Its copies were whole in time, and are whole; 20 us are twice as long as was pledged. */
    private static Story wholeForLong() {
        return lostAndReplaced(pledged()).claims(SECOND_MANAGER, held(7)).later(20_000);
    }

    @Test
    void whoExchangesAHolderForAnotherPledgesTheSameAgainAndBreaksNothing() {
        wholeForLong()
                .claims(STORE, held(7))
                .claims(PRIMARY, new Fact.Pledged("accounts", 2, 10_000, 1))
                .holds("DEG");
    }

    @Test
    void aPledgeOfMoreCopiesIsDueAtOnce() {
        wholeForLong()
                .claims(PRIMARY, new Fact.Pledged("accounts", 3, 10_000, 1))
                .claims(STORE, held(7))
                .isViolated("DEG", "3 nodes", "they did only at");
    }

    @Test
    void whoeverEndsThatIsNotMissedBreaksNothing() {
        wholeForLong().claims(STORE, held(7)).ends(STORE).ends(BACKUP).holds("DEG");
    }

    @Test
    void whoeverEndsLateAndIsMissedIsCaught() {
        wholeForLong()
                .ends(MANAGER)
                .boots(MANAGER)
                .claims(MANAGER, held(7))
                .isViolated("DEG", "2 nodes", "they did only at");
    }

    @Test
    void beforeTheTimeIsOverAndWithoutALossThereIsNothingToJudge() {
        new Story("DEG").isInconclusive("DEG", "nobody pledged");
        new Story("DEG")
                .claims(PRIMARY, new Fact.Pledged("accounts", 2, 1_000_000_000, 1))
                .acknowledges(PRIMARY, 7)
                .isInconclusive("DEG", "ended before");
        pledged()
                .claims(STORE, held(7))
                .claims(MANAGER, held(7))
                .later(20_000)
                .isInconclusive("DEG", "ever lost");
    }

    @Test
    void aPrimaryOnANodeThatCannotRunTheApplicationIsCaught() {
        pledged().leads(STORE, 2).isViolatedAtOnce("DEG", "pmu-1 leads");
    }

    /** Two stores in one rack, and the primary in another. */
    private static Promise racks(int losses) {
        return new Promise(
                "survives the loss of racks",
                Acknowledgement.DURABLE_ON_ALL,
                Map.of(FaultKind.PERMANENT_LOSS, losses, FaultKind.PROCESS_CRASH, Promise.ANY),
                true,
                1,
                List.of(Set.of(STORE, MANAGER), Set.of(PRIMARY)));
    }

    @Test
    void twoCopiesInOneFailureDomainCountOnce() {
        lostAndReplaced(pledged(racks(1)))
                .claims(STORE, held(7))
                .later(20_000)
                .isViolated("DEG", "different failure domains", "[pmu-1, manager-1]");
    }

    private static Story rackLost(int promised) {
        return new Story(racks(promised), BOUNDS, "DUR")
                .acknowledges(PRIMARY, 7)
                .strikes(new Fault.PermanentLoss(STORE))
                .strikes(new Fault.PermanentLoss(MANAGER));
    }

    @Test
    void machinesOfOneFailureDomainThatAreLostTogetherAreOneFault() {
        rackLost(1).resumes(BACKUP, 0, 1).isViolatedAtOnce("DUR", "PERMANENT_LOSS x1");
    }

    @Test
    void theNextLossInADomainThatHadComeBackIsAnother() {
        rackLost(1)
                .heals(new Fault.PermanentLoss(STORE))
                .heals(new Fault.PermanentLoss(MANAGER))
                .strikes(new Fault.PermanentLoss(STORE))
                .resumes(BACKUP, 0, 1)
                .isInconclusive("DUR", "PERMANENT_LOSS x2");
    }

    @Test
    void aLossElsewhereIsAnother() {
        rackLost(1)
                .strikes(new Fault.PermanentLoss(PRIMARY))
                .resumes(BACKUP, 0, 1)
                .isInconclusive("DUR", "PERMANENT_LOSS x2");
        rackLost(2)
                .strikes(new Fault.PermanentLoss(PRIMARY))
                .resumes(BACKUP, 0, 1)
                .isViolatedAtOnce("DUR");
    }

    /** Terms of names order primaries as grants do: who was replaced may claim late. */
    @Test
    void whoHasANameUnderAnEarlierTermOwesNothingOfALaterOne() {
        new Story("DUR")
                .claims(MANAGER, registered(BACKUP, 1))
                .claims(MANAGER, registered(PRIMARY, 2))
                .leads(PRIMARY, 2)
                .acknowledges(PRIMARY, 7)
                .resumes(BACKUP, 0, 1)
                .isInconclusive("DUR");
    }

    @Test
    void aStoreThatKnowsTwoTermsAndObeysTheNewerIsAWitness() {
        new Story("FENCE")
                .claims(STORE, new Fact.Managing(STORE, 2))
                .claims(STORE, new Fact.Obeyed(STORE, 2))
                .holds("FENCE");
    }

    private static Story powerLost(Promise promise, Fault lost) {
        return new Story(promise, BOUNDS, "DUR")
                .acknowledges(PRIMARY, 7)
                .strikes(lost)
                .resumes(BACKUP, 0, 1);
    }

    private static Promise survives(FaultKind kind, List<Set<NodeId>> racks) {
        return new Promise("test", Acknowledgement.DURABLE, Map.of(kind, 1), true, 1, racks);
    }

    @Test
    void aRackThatLosesPowerIsOneFaultWhereItIsAFailureDomainOfThePromise() {
        Fault rack = new Fault.RackPowerLoss(List.of(STORE, MANAGER), 0);
        Promise together = survives(FaultKind.POWER_LOSS, List.of(Set.of(STORE, MANAGER)));
        powerLost(together, rack).isViolatedAtOnce("DUR", "POWER_LOSS x1");
        Promise apart = survives(FaultKind.POWER_LOSS, List.of());
        powerLost(apart, rack).isInconclusive("DUR", "POWER_LOSS x2");
    }

    @Test
    void aPromiseThatSpeaksOfRacksIsHeldToIt() {
        Fault rack = new Fault.RackPowerLoss(List.of(STORE, MANAGER), 0);
        Fault site = new Fault.SitePowerLoss(List.of(PRIMARY, BACKUP, STORE, MANAGER), 0);
        Promise promise = survives(FaultKind.RACK_POWER_LOSS, List.of());
        powerLost(promise, rack).isViolatedAtOnce("DUR", "RACK_POWER_LOSS x1");
        powerLost(promise, site).isInconclusive("DUR", "POWER_LOSS x4");
    }
}
