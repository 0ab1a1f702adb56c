package cairn.protocol.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.crew.Crew;
import cairn.application.crew.CrewSettings;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.computation.Parcel;
import cairn.part.Channels.Frame;
import cairn.part.transfer.Cargo;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.RecordingOutbox.Sent;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.List;

/** A spare node to which a rank is shipped. */
final class WorkerTest {

    private static final NodeId SPARE = new NodeId(2);
    private static final NodeId OTHER = new NodeId(0);
    private static final NodeId DIRECTOR = new NodeId(3);
    private static final long ERA = 7;
    private static final long MOVE = 8;

    private final Computation crew = new Crew(new CrewSettings(2, 1, 300, 1_000, 4, 1, 0, 5, 0));
    private final RecordingOutbox<MigrationMessage> out =
            new RecordingOutbox<>(crew.memoryBytes(), null);
    private final Worker spare =
            new Worker(
                    MigrationSettings.DEFAULT,
                    crew,
                    SPARE,
                    DIRECTOR,
                    CpuCosts.DEFAULT,
                    Rules.SOUND);

    private List<Sent<MigrationMessage>> answers(NodeId from, MigrationMessage message) {
        out.takeSent();
        spare.on(new Event.Delivered<>(from, message), out);
        return out.takeSent();
    }

    private static MigrationMessage shipped() {
        var rank = new Processor(1, List.of(-1L), List.of(), List.of());
        return new MigrationMessage.Shipped(
                new Frame<>(MOVE, 1, new Cargo.Rest<>(rank, new BitSet())));
    }

    @Test
    void aRankThatIsShippedIsStaged() {
        spare.boot(new Boot(SPARE, 1), out);
        answers(DIRECTOR, new MigrationMessage.Begin(ERA, List.of(0, 1)));
        assertTrue(
                answers(OTHER, shipped())
                        .contains(new Sent<>(DIRECTOR, new MigrationMessage.Staged(MOVE))));
    }

    /** Its old place, which knows better, sent it back again, and so on. */
    @Test
    void whatComesForARankThatIsOnItsWayHereWaitsForIt() {
        spare.boot(new Boot(SPARE, 1), out);
        answers(DIRECTOR, new MigrationMessage.Begin(ERA, List.of(1, 0)));
        answers(OTHER, shipped());
        var frame = new Frame<>(ERA, 1, new Parcel(0, 1, 1, new byte[8]));
        assertEquals(List.of(), answers(OTHER, new MigrationMessage.Carried(frame)));
        assertTrue(
                answers(DIRECTOR, new MigrationMessage.Take(MOVE))
                        .contains(
                                new Sent<>(
                                        new NodeId(1), new MigrationMessage.Arrived(ERA, 1, 0, 1))),
                "it is received where the rank is now");
    }

    /** It took the rank, and knew neither of its era nor where the others were. */
    @Test
    void whoHasJustBeenRestartedTakesNoRank() {
        spare.boot(new Boot(SPARE, 1), out);
        assertEquals(List.of(), answers(OTHER, shipped()));
        assertEquals(List.of(), answers(DIRECTOR, new MigrationMessage.Take(MOVE)));
    }
}
