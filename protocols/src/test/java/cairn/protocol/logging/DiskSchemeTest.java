package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.computation.Parcel;
import cairn.model.computation.Step;
import cairn.part.dependency.DependencyVector;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.logging.LoggingMessage.Baggage;

import org.junit.jupiter.api.Test;

/** On what a rank depends that logs optimistically. */
final class DiskSchemeTest {

    private static final LoggingSettings SETTINGS =
            new LoggingSettings(Family.OPTIMISTIC, 1, 5_000_000, 1_000_000, 1_000_000, 64);

    private final RecordingOutbox<LoggingMessage> out = new RecordingOutbox<>(0, null);
    private final DiskScheme scheme = new DiskScheme(SETTINGS, new RankZero(0), Rules.SOUND);

    private void arrives(int from, long positionOfSender) {
        DependencyVector vector = DependencyVector.zero(3).with(from, 0, positionOfSender);
        Parcel parcel = new Parcel(from, 0, 1, new byte[8]);
        scheme.arrived(parcel, new Baggage.Dependencies(vector), out);
    }

    @Test
    void whatWasReceivedDependsOnWhatItFollowsInTheLog() {
        scheme.begin();
        arrives(1, 6);
        arrives(2, 4);
        // The second to arrive is received first. If rank 1 loses what the first depends on, this
        // rank gives up both: so whoever depends on the second depends on that.
        assertNotNull(scheme.take(2, 1, out));
        DependencyVector vector = scheme.vector();
        assertEquals(2, vector.position(0));
        assertEquals(6, vector.position(1));
        assertEquals(4, vector.position(2));
    }

    @Test
    void whatArrivedLaterIsNoDependency() {
        scheme.begin();
        arrives(1, 6);
        arrives(2, 4);
        assertNotNull(scheme.take(Step.Receive.ANY, 1, out));
        assertEquals(1, scheme.vector().position(0));
        assertEquals(0, scheme.vector().position(2));
    }

    /**
     * Rank 1 has told an earlier instance of this rank what it lost before its third life. Until it
     * tells this one, what is lost and what is not look alike; and merged with what the log depends
     * on, a state of its first life would not be seen any more.
     */
    @Test
    void nothingIsTakenBeforeThePastIsKnownOfWhatItsLogDependsOn() {
        scheme.begin();
        var ofFirstLife = new Baggage.Dependencies(DependencyVector.zero(3).with(1, 0, 3));
        assertTrue(scheme.accepts(ofFirstLife));
        var restarted = new DiskScheme(SETTINGS, new RankZero(1), Rules.SOUND);
        restarted.begin();
        DependencyVector ofThirdLife = DependencyVector.zero(3).with(1, 2, 6);
        restarted.arrived(
                new Parcel(2, 0, 1, new byte[8]), new Baggage.Dependencies(ofThirdLife), out);
        assertFalse(restarted.accepts(ofFirstLife));
    }
}
