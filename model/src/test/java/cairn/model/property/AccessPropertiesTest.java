package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.MANAGER;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.SECOND_MANAGER;
import static cairn.model.property.Story.STORE;

import cairn.model.Acknowledgement;
import cairn.model.Fact;
import cairn.model.Fact.Entry;
import cairn.model.Promise;
import cairn.model.fault.Fault;
import cairn.model.verbs.Access;
import cairn.model.verbs.CompletionStatus;
import cairn.model.verbs.Opcode;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** META, FENCE and AUTH against saboteurs. */
class AccessPropertiesTest {

    private static final Entry R = new Entry("r", 4096, 8192);
    private static final Entry S = new Entry("s", 12288, 4096);

    private static Story laid(String property) {
        return new Story(property).lays("r", 4096, 8192).proves(PRIMARY).grants(PRIMARY, 1);
    }

    @Test
    void aDirectoryThatListsWhatWasLaidHolds() {
        laid("META").reads(R).holds("META");
        laid("META").lays("s", 12288, 4096).removes("r").reads(S).holds("META");
    }

    @Test
    void anEntryThatIsMissingForGoodIsATornDirectory() {
        laid("META").reads().isViolated("META", "pmu-1 read a directory", "lacks", "r");
    }

    @Test
    void anEntryWhoseRemovalWasUnderWayMayBeMissing() {
        laid("META").reads().removes("r").reads().holds("META");
    }

    @Test
    void anEntryWithAnotherRangeIsNoticedUnlessItWasOnItsWay() {
        laid("META").reads(new Entry("r", 4096, 4096)).isViolated("META", "it was laid", "8192");
        laid("META")
                .reads(new Entry("r", 20480, 8192))
                .removes("r")
                .lays("r", 20480, 8192)
                .reads(new Entry("r", 20480, 8192))
                .holds("META");
    }

    @Test
    void entriesOutOfBoundsOverlappingOrDoubledAreNoticed() {
        laid("META").reads(R, new Entry("t", -1, 8)).isViolatedAtOnce("META", "out of bounds");
        laid("META").reads(R, new Entry("t", 64, 0)).isViolatedAtOnce("META", "out of bounds");
        laid("META")
                .reads(R, new Entry("t", Long.MAX_VALUE - 1, 8))
                .isViolatedAtOnce("META", "out of bounds");
        laid("META").reads(R, new Entry("t", 12287, 8)).isViolatedAtOnce("META", "overlaps");
        laid("META").reads(R, new Entry("r", 20480, 8)).isViolatedAtOnce("META", "twice");
    }

    @Test
    void whatWasRemovedDoesNotComeBack() {
        laid("META").removes("r").reads(R).isViolated("META", "still lists r");
        laid("META").removes("r").reads(R).lays("r", 4096, 8192).reads(R).holds("META");
    }

    @Test
    void aMachineThatReplacesALostOneKnowsNothing() {
        laid("META")
                .strikes(new Fault.PermanentLoss(STORE))
                .reads()
                .lays("r", 4096, 8192)
                .reads(R)
                .holds("META");
        laid("META")
                .strikes(new Fault.PermanentLoss(STORE))
                .lays("r", 4096, 8192)
                .reads()
                .isInconclusive("META");
    }

    @Test
    void aWriteOfTheOldPrimaryAfterTheNewGrantReachesNothing() {
        laid("FENCE")
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .grants(BACKUP, 2)
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .isViolatedAtOnce(
                        "FENCE", "WRITE by primary under term 1", "backup-1 holds under term 2");
    }

    @Test
    void anAtomicOperationIsAWriteToo() {
        laid("FENCE")
                .grants(BACKUP, 2)
                .accesses(PRIMARY, Opcode.COMPARE_AND_SWAP, 4096, 8)
                .isViolatedAtOnce("FENCE", "COMPARE_AND_SWAP");
    }

    @Test
    void theNewHolderMayWriteAndTheOldOneIsRefused() {
        laid("FENCE").grants(BACKUP, 2).accesses(BACKUP, Opcode.WRITE, 4096, 64).holds("FENCE");
        laid("FENCE")
                .grants(BACKUP, 2)
                .accesses(PRIMARY, Opcode.WRITE, 0, 64, CompletionStatus.REM_ACCESS_ERR)
                .holds("FENCE");
    }

    @Test
    void whereNothingChangedHandsThereWasNothingToFence() {
        laid("FENCE").accesses(PRIMARY, Opcode.WRITE, 4096, 64).isInconclusive("FENCE");
    }

    @Test
    void grantsDoNotGoBackToAnOlderTerm() {
        laid("FENCE")
                .grants(BACKUP, 2)
                .grants(PRIMARY, 1)
                .isViolatedAtOnce("FENCE", "granted r of pmu-1 to primary under term 1");
    }

    @Test
    void whatAStoreGrantedInItsMemoryItForgetsWithIt() {
        var inMemory = new Promise("", Acknowledgement.RECEIVED, Map.of(), false);
        grantedBeforeItStartedAgain(new Story(inMemory, "FENCE")).isInconclusive("FENCE");
        grantedBeforeItStartedAgain(new Story(inMemory, "FENCE").lays("r", 4096, 8192))
                .isViolatedAtOnce("FENCE", "under term 2", "after term 3");
        grantedBeforeItStartedAgain(
                        new Story(inMemory, "FENCE")
                                .lays("r", 4096, 8192)
                                .claims(MANAGER, new Fact.Removed(STORE, "r")))
                .isViolatedAtOnce("FENCE", "under term 2", "after term 3");
        grantedBeforeItStartedAgain(new Story("FENCE"))
                .isViolatedAtOnce("FENCE", "under term 2", "after term 3");
    }

    private static Story grantedBeforeItStartedAgain(Story story) {
        return story.grants(BACKUP, 2)
                .grants(PRIMARY, 3)
                .ends(STORE)
                .boots(STORE)
                .grants(BACKUP, 2);
    }

    @Test
    void aGrantThatADeposedManagerAnnouncesLateHasNoEffectByItself() {
        Story story =
                laid("FENCE")
                        .claims(MANAGER, new Fact.Managing(STORE, 1))
                        .claims(SECOND_MANAGER, new Fact.Managing(STORE, 2))
                        .grants(SECOND_MANAGER, BACKUP, 2, Access.REMOTE_READ, Access.REMOTE_WRITE)
                        .grants(PRIMARY, 1)
                        .accesses(BACKUP, Opcode.WRITE, 4096, 64);
        story.accesses(PRIMARY, Opcode.WRITE, 4096, 64).isViolatedAtOnce("FENCE", "term 1");
    }

    @Test
    void aStoreDoesNotGoBackToAManagerOfAnOlderTerm() {
        new Story("FENCE")
                .claims(STORE, new Fact.Managing(STORE, 2))
                .claims(STORE, new Fact.Managing(STORE, 1))
                .isViolatedAtOnce("FENCE", "pmu-1 went back", "knew term 2");
        // That a deposed manager says late that it is one changes nothing at the store.
        new Story("FENCE")
                .claims(MANAGER, new Fact.Managing(STORE, 2))
                .claims(SECOND_MANAGER, new Fact.Managing(STORE, 1))
                .isInconclusive("FENCE");
    }

    @Test
    void aStoreObeysNoManagerOfAnOlderTerm() {
        new Story("FENCE")
                .claims(STORE, new Fact.Obeyed(STORE, 2))
                .claims(STORE, new Fact.Obeyed(STORE, 1))
                .isViolatedAtOnce("FENCE", "pmu-1 obeyed a manager of term 1", "knew term 2");
        new Story("FENCE")
                .claims(SECOND_MANAGER, new Fact.Managing(STORE, 3))
                .claims(STORE, new Fact.Obeyed(STORE, 2))
                .isViolatedAtOnce("FENCE", "knew term 3");
    }

    @Test
    void anAccessThatWasGrantedHolds() {
        laid("AUTH")
                .accesses(PRIMARY, Opcode.WRITE, 4096, 8192)
                .accesses(PRIMARY, Opcode.READ, 12287, 1)
                .accesses(PRIMARY, Opcode.FLUSH, 0, 65536)
                .holds("AUTH");
    }

    @Test
    void aRefusedAccessIsAWitness() {
        new Story("AUTH")
                .accesses(BACKUP, Opcode.READ, 4096, 64, CompletionStatus.REM_ACCESS_ERR)
                .holds("AUTH");
    }

    @Test
    void oneByteTooManyIsOutside() {
        laid("AUTH")
                .accesses(PRIMARY, Opcode.WRITE, 12287, 2)
                .isViolatedAtOnce("AUTH", "WRITE by primary", "[12287, +2)", "in no resource");
    }

    @Test
    void aReadWithoutOpenIsNotGranted() {
        laid("AUTH")
                .proves(BACKUP)
                .accesses(BACKUP, Opcode.READ, 4096, 64)
                .isViolatedAtOnce("AUTH", "READ by backup-1", "without that right to r");
    }

    @Test
    void aWriteThroughAReadOnlyGrantIsNotCovered() {
        laid("AUTH")
                .proves(BACKUP)
                .grants(MANAGER, BACKUP, 1, Access.REMOTE_READ)
                .accesses(BACKUP, Opcode.READ, 4096, 64)
                .accesses(BACKUP, Opcode.WRITE, 4096, 64)
                .isViolatedAtOnce("AUTH", "WRITE by backup-1", "without that right");
    }

    @Test
    void aRequesterThatNeverProvedWhoItIsReachesNothing() {
        laid("AUTH")
                .grants(MANAGER, BACKUP, 1, Access.REMOTE_READ)
                .accesses(BACKUP, Opcode.READ, 4096, 64)
                .isViolatedAtOnce("AUTH", "never proved");
        laid("AUTH").accesses(CLIENT, Opcode.FLUSH, 0, 64).isViolatedAtOnce("AUTH");
    }

    @Test
    void aStaleKeyAfterRemovalOrRevocationReachesNothing() {
        laid("AUTH")
                .removes("r")
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .isViolatedAtOnce("AUTH", "in no resource");
        laid("AUTH")
                .revokes(MANAGER, PRIMARY)
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .isViolatedAtOnce("AUTH", "without that right");
        laid("AUTH")
                .removes("r")
                .lays("r", 16384, 8192)
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .isViolatedAtOnce("AUTH", "in no resource");
    }

    @Test
    void aRevocationThatADeposedManagerAnnouncesLateTakesNothingAway() {
        laid("AUTH")
                .claims(MANAGER, new Fact.Managing(STORE, 1))
                .claims(SECOND_MANAGER, new Fact.Managing(STORE, 2))
                .revokes(MANAGER, PRIMARY)
                .accesses(PRIMARY, Opcode.WRITE, 4096, 64)
                .holds("AUTH");
    }
}
