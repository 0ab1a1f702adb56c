package cairn.protocol.dirtypages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.Boot;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.Records;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.RecordingOutbox.Sent;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

final class CoordinatorTest {

    private static final long INTERVAL = 2;
    private static final long SILENCE = 3;

    private final RecordingOutbox<DirtyPagesMessage> out = new RecordingOutbox<>(0, null);
    private final Coordinator coordinator =
            new Coordinator(
                    DirtyPagesSettings.DEFAULT, new Layout(3, false, false), 3, Rules.SOUND);
    private final long era;

    CoordinatorTest() {
        coordinator.boot(new Boot(new NodeId(3), 0), out);
        era = ((DirtyPagesMessage.Gather) out.takeSent().getFirst().message()).era();
    }

    private void hears(int from, DirtyPagesMessage message) {
        coordinator.on(new Event.Delivered<>(new NodeId(from), message), out);
    }

    private static List<Epoch> epochs(long... numbers) {
        return Arrays.stream(numbers).mapToObj(Epoch::new).toList();
    }

    private void run() {
        for (int rank = 0; rank < 3; rank++) {
            hears(rank, new DirtyPagesMessage.Have(era, List.of()));
        }
        for (int rank = 0; rank < 3; rank++) {
            hears(rank, new DirtyPagesMessage.Restored(era));
        }
        out.takeSent();
        coordinator.on(new Event.Fired<>(INTERVAL), out);
        out.takeSent();
    }

    @Test
    void dj4TheBarrierIsLeftWhenEachRankIsArmedForThisVeryCheckpoint() {
        run();
        hears(0, new DirtyPagesMessage.Armed(era, new Epoch(1), false));
        hears(1, new DirtyPagesMessage.Armed(era, new Epoch(1), false));
        hears(1, new DirtyPagesMessage.Armed(era, new Epoch(1), false));
        hears(2, new DirtyPagesMessage.Armed(era, Epoch.ZERO, false));
        hears(2, new DirtyPagesMessage.Armed(era - 1, new Epoch(1), false));
        assertEquals(List.of(), out.takeSent());
        hears(2, new DirtyPagesMessage.Armed(era, new Epoch(1), false));
        assertTrue(
                out.takeSent()
                        .contains(
                                new Sent<>(
                                        new NodeId(2),
                                        new DirtyPagesMessage.Resume(era, new Epoch(1)))));
    }

    @Test
    void theLineIsTheNewestThatAllCanRestore() {
        hears(0, new DirtyPagesMessage.Have(era, epochs(2, 4, 5)));
        hears(1, new DirtyPagesMessage.Have(era, epochs(2, 4)));
        out.takeSent();
        hears(2, new DirtyPagesMessage.Have(era, epochs(1, 2, 5)));
        assertEquals(
                new Sent<>(new NodeId(0), new DirtyPagesMessage.Restore(era, new Epoch(2))),
                out.takeSent().getFirst());
        for (int rank = 0; rank < 3; rank++) {
            hears(rank, new DirtyPagesMessage.Restored(era));
        }
        assertTrue(out.takeClaimed().contains(new Fact.Line(epochs(2, 2, 2))));
    }

    /** Each checkpoint was given up, since whoever stores on a slow network is silent for long. */
    @Test
    void whoWasTakenForDeadAndLivesIsGivenMoreTime() {
        DirtyPagesSettings settings = DirtyPagesBugs.ADOPTING;
        var patient = new Coordinator(settings, Layout.of(settings, 3), 3, Rules.SOUND);
        patient.boot(new Boot(new NodeId(5), 0), out);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            patient.on(new Event.Fired<>(SILENCE), out);
            long armed = Objects.requireNonNull(out.armed().get(SILENCE));
            times.add(armed / settings.adoptAfterNanos());
            patient.on(
                    new Event.Delivered<>(new NodeId(i % 3), new DirtyPagesMessage.Alive()), out);
        }
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L), times);
    }

    /** It was dead, and right was who took it for that. */
    @Test
    void whoHasStartedAnewIsNoReasonForMoreTime() {
        DirtyPagesSettings settings = DirtyPagesBugs.ADOPTING;
        var patient = new Coordinator(settings, Layout.of(settings, 3), 3, Rules.SOUND);
        patient.boot(new Boot(new NodeId(5), 0), out);
        patient.on(new Event.Fired<>(SILENCE), out);
        patient.on(new Event.Delivered<>(new NodeId(1), new DirtyPagesMessage.Started(1)), out);
        patient.on(new Event.Delivered<>(new NodeId(1), new DirtyPagesMessage.Alive()), out);
        patient.on(new Event.Fired<>(SILENCE), out);
        assertEquals(settings.adoptAfterNanos(), out.armed().get(SILENCE));
    }

    @Test
    void whoIsAskedIsToldWhichOfItsLivesIsMeant() {
        hears(1, new DirtyPagesMessage.Started(4));
        assertTrue(
                out.takeSent()
                        .contains(
                                new Sent<>(
                                        new NodeId(1),
                                        new DirtyPagesMessage.Gather(
                                                era + 2, 4, List.of(0, 1, 2)))));
    }

    @Test
    void aSilenceIsTwiceAsLongAfterEachMistakeAndNeverNegative() {
        assertEquals(300_000, DirtyPagesBugs.ADOPTING.silenceNanos(0));
        assertEquals(2_400_000, DirtyPagesBugs.ADOPTING.silenceNanos(3));
        for (long absurd : List.of(1L << 60, 1L << 62, Long.MAX_VALUE)) {
            DirtyPagesSettings settings =
                    Records.like(DirtyPagesBugs.ADOPTING).with("adoptAfterNanos", absurd).made();
            assertEquals(absurd, settings.silenceNanos(0));
            assertTrue(settings.silenceNanos(6) >= absurd);
        }
    }
}
