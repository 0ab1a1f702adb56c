package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.wandering.Wandering;
import cairn.application.wandering.WanderingSettings;
import cairn.fault.CalmChoices;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.computation.Parcel;
import cairn.part.DiskEvents;
import cairn.part.dependency.Determinant;
import cairn.part.dependency.Held;
import cairn.part.dependency.Past;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.logging.LoggingMessage.Arrived;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Carried;
import cairn.protocol.logging.LoggingMessage.Keep;
import cairn.protocol.logging.LoggingMessage.Noted;
import cairn.protocol.logging.LoggingMessage.Restored;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * What rank 0 of three, which was restarted without a checkpoint, takes of what was said to its
 * former life: rank 1 had received of it, and answered.
 */
final class RecoveringRankTest implements DiskEvents<LoggingMessage> {

    private static final long BEFORE = 0;
    private static final long AFTER = 1L << 12;
    private static final Computation COMPUTATION =
            new Wandering(new WanderingSettings(3, 4, 60, 64, 3_000, 4));

    /** Rank 1 received what rank 0 sent after a receipt of its own, of which it tells rank 1. */
    private static final Held OF_ONE =
            new Held(new Determinant(1, 1, 0, 1, BEFORE, 0), List.of(new Held.Holder(1, BEFORE)));

    private static final Carried SAID_BEFORE =
            new Carried(
                    BEFORE,
                    new Parcel(1, 0, 1, new byte[64]),
                    new Baggage.Determinants(List.of(OF_ONE)));

    private final Kernel kernel = new Kernel();
    private final RecordingOutbox<LoggingMessage> out =
            new RecordingOutbox<>(
                    COMPUTATION.memoryBytes(),
                    new SimulatedDisk(
                            "n0", DiskCosts.NVME_PROTECTED, kernel, new CalmChoices(), this));
    private final Node<LoggingMessage> worker = recovering();

    private Node<LoggingMessage> recovering() {
        var settings = new LoggingSettings(Family.CAUSAL, 2, 5_000_000, 1_000_000, 1_000_000, 64);
        return new Logging(settings, COMPUTATION, CpuCosts.DEFAULT).node(new NodeId(0));
    }

    @Override
    public void tell(Event.OfDisk<LoggingMessage> event) {
        worker.on(event, out);
    }

    private void restart() {
        worker.boot(new Boot(new NodeId(0), 1), out);
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
        assertEquals(2, sent(Restored.class).size(), "it asks both others");
    }

    private void says(int from, LoggingMessage message) {
        worker.on(new Event.Delivered<>(new NodeId(from), message), out);
    }

    /** A rank answers; which life of rank 1 it knows. */
    private static Noted answer(long lifeOfOne) {
        return new Noted(AFTER, List.of(AFTER, lifeOfOne, BEFORE), 0, List.of(), Past.NONE);
    }

    private <T> List<T> sent(Class<T> kind) {
        return out.takeSent().stream()
                .map(RecordingOutbox.Sent::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /**
     * Rank 1 failed too, and nobody else knows what rank 0 had received before it sent: what rank 1
     * said then would have it wait for a message that nobody sends again.
     */
    @Test
    void whatARankSaidThatFailedTooIsNotDependedOn() {
        restart();
        says(1, SAID_BEFORE);
        says(1, new Keep(BEFORE, 1, List.of(OF_ONE)));
        assertEquals(List.of(), out.takeSent());
        says(1, new Restored(AFTER, 0, Past.NONE));
        assertEquals(List.of(List.of()), sent(Noted.class).stream().map(Noted::known).toList());
        says(1, answer(AFTER));
        says(2, answer(AFTER));
        assertEquals(List.of(), sent(Arrived.class));
    }

    /** Rank 1 lives, and has told all that what it said depends on. */
    @Test
    void whatARankSaidThatLivesIsTakenWhenAllHaveAnswered() {
        restart();
        says(1, SAID_BEFORE);
        says(1, answer(BEFORE));
        assertEquals(List.of(), sent(Arrived.class));
        says(2, answer(BEFORE));
        assertTrue(sent(Arrived.class).contains(new Arrived(AFTER, 1, 0, 0)));
    }
}
