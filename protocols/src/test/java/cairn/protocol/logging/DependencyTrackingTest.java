package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.Past;
import cairn.protocol.logging.ArrivalLog.Entry;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Rank 0 of three, which logs optimistically. */
final class DependencyTrackingTest {

    private final DependencyTracking tracking = new DependencyTracking(new RankZero(0));

    private static DependencyVector on(int rank, long life, long position) {
        return DependencyVector.zero(3).with(rank, life, position);
    }

    private static Entry entry(long position, DependencyVector of) {
        return new Entry(position, new Parcel(1, 0, position, new byte[8]), of, position);
    }

    private static Past endedAt(long life, long position) {
        return Past.NONE.with(new Past.End(life, position));
    }

    @Test
    void aCutIsSafeWhenAllIsDurableThatItAndWhatHadArrivedDependOn() {
        tracking.received(entry(1, on(1, 0, 6)), 1, List.of());
        tracking.cut(List.of(entry(2, on(2, 0, 4))));
        tracking.durable(1, 6);
        assertFalse(tracking.isCutSafe());
        tracking.durable(2, 3);
        assertFalse(tracking.isCutSafe());
        tracking.durable(2, 4);
        assertTrue(tracking.isCutSafe());
    }

    @Test
    void whatIsCutAfterwardsIsNotPartOfTheCut() {
        tracking.cut(List.of());
        tracking.received(entry(1, on(1, 0, 6)), 1, List.of());
        assertTrue(tracking.isCutSafe());
    }

    @Test
    void anOutputIsStableWhenTheOwnLogIsDurableToo() {
        DependencyVector of = on(0, 0, 5).merged(on(1, 0, 2));
        tracking.durable(1, 2);
        assertFalse(tracking.isStable(of, 4));
        assertTrue(tracking.isStable(of, 5));
    }

    @Test
    void whatDependsOnALostStateIsAnOrphanAndNotTaken() {
        DependencyVector later = on(1, 0, 7);
        assertTrue(tracking.mayTake(later, List.of()));
        tracking.learn(1, endedAt(0, 6));
        assertTrue(tracking.isLost(later));
        assertFalse(tracking.mayTake(later, List.of()));
        assertTrue(tracking.mayTake(on(1, 0, 6), List.of()));
    }

    /** Until the rank says where its life ended, nobody knows what is lost of it. */
    @Test
    void nothingIsTakenOfALifeThatIsNotKnownYet() {
        assertFalse(tracking.mayTake(on(1, 1, 2), List.of()));
    }

    /** A checkpoint may be older than an end that the disk tells of, or newer than any. */
    @Test
    void ofTwoPastsTheLongerOneStands() {
        tracking.ended(new Past.End(0, 4));
        var state = new ByteWriter();
        tracking.save(state);
        var other = new DependencyTracking(new RankZero(1));
        other.restore(new ByteReader(state.toBytes()));
        assertEquals(endedAt(0, 4), other.past());
        other.ended(new Past.End(1, 9));
        other.restore(new ByteReader(state.toBytes()));
        assertEquals(2, other.past().ends().size());
    }
}
