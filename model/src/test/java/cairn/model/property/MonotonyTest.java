package cairn.model.property;

import static cairn.model.property.Story.BACKUP;
import static cairn.model.property.Story.CLIENT;
import static cairn.model.property.Story.OTHER_CLIENT;
import static cairn.model.property.Story.PRIMARY;
import static cairn.model.property.Story.STORE;

import cairn.model.fault.Fault;

import org.junit.jupiter.api.Test;

import java.util.List;

/** MONO at its edges: what may be forgotten, and what not. */
class MonotonyTest {

    /** A backup resumed from the second checkpoint, which nobody had acknowledged. */
    private static Story restored() {
        return new Story("MONO")
                .grants(PRIMARY, 1)
                .resumes(PRIMARY, 0, 50)
                .cuts(PRIMARY, 1, 51)
                .seals(PRIMARY, 1)
                .cuts(PRIMARY, 2, 52)
                .seals(PRIMARY, 2)
                .resumes(PRIMARY, 2, 52);
    }

    @Test
    void whatWasRestoredMayNotBeGoneWhileNoBytesWereLost() {
        restored().resumes(PRIMARY, 1, 51).isViolatedAtOnce("MONO", "e2 was restored");
    }

    @Test
    void aServerThatLosesItsBytesMayTakeAlongWhatWasRestored() {
        restored()
                .strikes(new Fault.PowerLoss(STORE))
                .resumes(PRIMARY, 1, 51)
                .isInconclusive("MONO");
    }

    @Test
    void clientsAndLinksTakeNothingAlong() {
        restored()
                .strikes(new Fault.PowerLoss(CLIENT))
                .strikes(new Fault.LinkCut(PRIMARY, STORE))
                .resumes(PRIMARY, 1, 51)
                .isViolatedAtOnce("MONO");
        restored()
                .strikes(new Fault.RackPowerLoss(List.of(CLIENT, OTHER_CLIENT), 0))
                .resumes(PRIMARY, 1, 51)
                .isViolatedAtOnce("MONO");
    }

    @Test
    void aDomainWithOneServerInItDoes() {
        restored()
                .strikes(new Fault.RackPowerLoss(List.of(CLIENT, STORE), 0))
                .resumes(PRIMARY, 1, 51)
                .isInconclusive("MONO");
    }

    @Test
    void aReplacedPrimaryIsNoStepBack() {
        restored().grants(BACKUP, 2).resumes(PRIMARY, 1, 51).holds("MONO");
    }

    @Test
    void numbersOfCutsGrowFromWhereTheNodeResumed() {
        restored().cuts(PRIMARY, 2, 53).isViolatedAtOnce("MONO", "its numbers do not grow");
        restored().ends(PRIMARY).boots(PRIMARY).cuts(PRIMARY, 1, 53).isInconclusive("MONO");
        new Story("MONO").cuts(PRIMARY, 0, 50).cuts(PRIMARY, 1, 51).isInconclusive("MONO");
    }

    @Test
    void eachNodeSealsItsOwnCuts() {
        new Story("MONO")
                .cuts(PRIMARY, 1, 51)
                .seals(PRIMARY, 1)
                .cuts(BACKUP, 1, 99)
                .seals(PRIMARY, 1)
                .isInconclusive("MONO");
        new Story("MONO")
                .cuts(PRIMARY, 1, 51)
                .seals(PRIMARY, 1)
                .cuts(BACKUP, 1, 99)
                .seals(BACKUP, 1)
                .isViolatedAtOnce("MONO", "with another content");
    }

    @Test
    void aNumberThatNobodyCutHasNoContent() {
        new Story("MONO")
                .seals(PRIMARY, 1)
                .cuts(PRIMARY, 1, 51)
                .seals(PRIMARY, 1)
                .isInconclusive("MONO");
    }
}
