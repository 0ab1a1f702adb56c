package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import cairn.model.computation.Parcel;
import cairn.model.computation.Step;
import cairn.part.dependency.DependencyVector;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.logging.LoggingMessage.Baggage;

import org.junit.jupiter.api.Test;

/** On what a rank depends that logs optimistically. */
final class DiskSchemeTest {

    private final RecordingOutbox<LoggingMessage> out = new RecordingOutbox<>(0, null);
    private final DiskScheme scheme =
            new DiskScheme(
                    new LoggingSettings(Family.OPTIMISTIC, 1, 5_000_000, 1_000_000, 1_000_000, 64),
                    new RankZero(0),
                    Rules.SOUND);

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
}
