package cairn.cluster.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.cluster.group.Member;
import cairn.model.NodeId;
import cairn.model.Observation;
import cairn.model.fault.Fault;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What counts from the failure is the first view without the member that failed. */
final class DetectionsTest {

    private static final NodeId FAILING = new NodeId(1);
    private static final Member OTHER = new Member(0, 1, 0);
    private static final Member FIRST = new Member(1, 1, 0);
    private static final Member SECOND = new Member(1, 1, 1);

    private final Detections detections = new Detections();

    @BeforeEach
    void allSeeAll() {
        detections.viewed(0, List.of(OTHER, FIRST));
    }

    private void strikes(long at, Fault fault) {
        detections.on(new Observation.Struck(at, fault));
    }

    @Test
    void aMemberThatIsKilledIsDetectedAlsoWhenItsPlaceIsBackBefore() {
        strikes(100, new Fault.ProcessCrash(FAILING));
        detections.viewed(300, List.of(OTHER, FIRST, SECOND));
        detections.viewed(2_100, List.of(OTHER, SECOND));
        assertEquals(List.of(2_000L), detections.nanos());
    }

    @Test
    void aPauseThatWasOverBeforeItWasNoticedDoesNotCountForTheNextFailure() {
        var pause = new Fault.Pause(FAILING);
        strikes(100, pause);
        detections.on(new Observation.Healed(200, pause));
        strikes(1_000, new Fault.ProcessCrash(FAILING));
        detections.viewed(1_300, List.of(OTHER));
        assertEquals(List.of(300L), detections.nanos());
    }

    @Test
    void aFailureOfAPlaceThatNobodySeesDoesNotCountForTheNextFailure() {
        strikes(100, new Fault.ProcessCrash(FAILING));
        detections.viewed(150, List.of(OTHER));
        strikes(200, new Fault.PowerLoss(FAILING));
        detections.viewed(500, List.of(OTHER, SECOND));
        strikes(1_000, new Fault.OutOfMemory(FAILING));
        detections.viewed(1_040, List.of(OTHER));
        assertEquals(List.of(50L, 40L), detections.nanos());
    }
}
