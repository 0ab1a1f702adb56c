package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.RecordingOutbox.Sent;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Nodes that have started anew, while orders for their former lives are on their way. */
final class WorkerTest {

    private static final long TICK = 1;

    private final Computation ring = new TokenRing(new RingSettings(3, 10, 1_000, 1, 0));
    private final DirtyPagesSettings settings =
            Records.like(DirtyPagesSettings.DEFAULT).with("place", Place.STORAGE_NODE).made();
    private final Layout layout = Layout.of(settings, 3);
    private final RecordingOutbox<DirtyPagesMessage> out =
            new RecordingOutbox<>(Rank.memoryBytes(ring), null);

    private List<DirtyPagesMessage> saysToCoordinator(
            Node<DirtyPagesMessage> node, Event<DirtyPagesMessage> event) {
        out.takeSent();
        node.on(event, out);
        return out.takeSent().stream()
                .filter(sent -> sent.to().equals(layout.coordinator()))
                .map(Sent::message)
                .toList();
    }

    private Event<DirtyPagesMessage> gather(long era, int life) {
        return new Event.Delivered<>(
                layout.coordinator(), new DirtyPagesMessage.Gather(era, life, List.of(0, 1, 2)));
    }

    /** It had a part in that era in its former life, and its channels were those of that. */
    private void followsNoOrderForAFormerLife(
            Node<DirtyPagesMessage> node, NodeId self, DirtyPagesMessage... answers) {
        node.boot(new Boot(self, 7), out);
        List<DirtyPagesMessage> anew = List.of(new DirtyPagesMessage.Started(7));
        assertEquals(anew, saysToCoordinator(node, gather(40, 6)));
        assertEquals(anew, saysToCoordinator(node, new Event.Fired<>(TICK)));
        assertEquals(List.of(answers), saysToCoordinator(node, gather(42, 7)));
        assertEquals(List.of(), saysToCoordinator(node, new Event.Fired<>(TICK)));
    }

    @Test
    void aNodeFollowsNoOrderForAFormerLife() {
        var self = new NodeId(1);
        // It looks what can be restored before it answers.
        followsNoOrderForAFormerLife(
                new Worker(settings, ring, layout, self, CpuCosts.DEFAULT, Rules.SOUND), self);
    }

    @Test
    void aStorageNodeFollowsNoOrderForAFormerLife() {
        followsNoOrderForAFormerLife(
                new StorageNode(settings, layout, CpuCosts.DEFAULT),
                layout.storage(),
                new DirtyPagesMessage.Have(42, List.of()));
    }
}
