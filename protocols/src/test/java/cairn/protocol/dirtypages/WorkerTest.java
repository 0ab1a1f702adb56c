package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.RecordingOutbox.Sent;

import org.junit.jupiter.api.Test;

import java.util.List;

final class WorkerTest {

    private static final long TICK = 1;

    private final Computation ring = new TokenRing(new RingSettings(3, 10, 1_000, 1, 0));
    private final DirtyPagesSettings settings =
            Records.like(DirtyPagesSettings.DEFAULT).with("place", Place.STORAGE_NODE).made();
    private final Layout layout = Layout.of(settings, 3);
    private final RecordingOutbox<DirtyPagesMessage> out =
            new RecordingOutbox<>(Rank.memoryBytes(ring), null);

    /** Its first word that it started anew was lost, and it heard of the era all the same. */
    @Test
    void whoWaitsForTheStorageNodeSaysInWhichLifeItIs() {
        var self = new NodeId(1);
        var worker = new Worker(settings, ring, layout, self, CpuCosts.DEFAULT, Rules.SOUND);
        worker.boot(new Boot(self, 7), out);
        out.takeSent();
        worker.on(
                new Event.Delivered<>(
                        layout.coordinator(), new DirtyPagesMessage.Gather(40, List.of(0, 1, 2))),
                out);
        out.takeSent();
        worker.on(new Event.Fired<>(TICK), out);
        assertTrue(
                out.takeSent()
                        .contains(
                                new Sent<>(
                                        layout.coordinator(), new DirtyPagesMessage.Started(7))));
    }
}
