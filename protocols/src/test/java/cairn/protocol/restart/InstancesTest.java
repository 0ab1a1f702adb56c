package cairn.protocol.restart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.computation.Rank;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.restart.RestartMessage.Begin;
import cairn.protocol.restart.RestartMessage.Go;
import cairn.protocol.restart.RestartMessage.Ready;

import org.junit.jupiter.api.Test;

import java.util.List;

/** An instance of a rank that hears late of an era that the one before it was part of. */
final class InstancesTest {

    private static final Computation RING = new TokenRing(new RingSettings(2, 10, 1_000, 1, 0));
    private static final NodeId COORDINATOR = new NodeId(2);

    private final RecordingOutbox<RestartMessage> out =
            new RecordingOutbox<>(Rank.memoryBytes(RING), null);

    private List<RestartMessage> said() {
        return out.takeSent().stream().map(RecordingOutbox.Sent::message).toList();
    }

    @Test
    void itDoesNotGoWhenTheOneBeforeItIsToldTo() {
        var second = new Worker(RestartSettings.DEFAULT, new Rank(RING, 0), 2, CpuCosts.DEFAULT);
        second.boot(new Boot(new NodeId(0), 1), out);
        second.on(new Event.Delivered<>(COORDINATOR, new Begin(7)), out);
        assertTrue(said().contains(new Ready(7, 1)));
        second.on(new Event.Delivered<>(COORDINATOR, new Go(7, 0)), out);
        assertFalse(out.takeClaimed().contains(new Fact.Doing(0, Activity.USEFUL)));
        second.on(new Event.Delivered<>(COORDINATOR, new Go(7, 1)), out);
        assertTrue(out.takeClaimed().contains(new Fact.Doing(0, Activity.USEFUL)));
    }

    @Test
    void whenItIsReadyForWhatOthersRunAlreadyAllBeginAgain() {
        var coordinator = new Coordinator(RestartSettings.DEFAULT, 2);
        coordinator.boot(new Boot(COORDINATOR, 0), out);
        Begin first = (Begin) said().getFirst();
        isReady(0, first.era(), 0, coordinator);
        isReady(1, first.era(), 0, coordinator);
        assertEquals(List.of(new Go(first.era(), 0), new Go(first.era(), 0)), said());
        isReady(0, first.era(), 1, coordinator);
        Begin second = new Begin(first.era() + 1);
        assertEquals(List.of(second, second), said());
        // Late words of the first instance.
        isReady(0, second.era(), 0, coordinator);
        isReady(1, second.era(), 0, coordinator);
        assertEquals(List.of(), said());
    }

    private void isReady(int rank, long era, int incarnation, Coordinator coordinator) {
        coordinator.on(new Event.Delivered<>(new NodeId(rank), new Ready(era, incarnation)), out);
    }
}
