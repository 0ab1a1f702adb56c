package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.computation.Parcel;
import cairn.part.DiskEvents;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.Past;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Noted;
import cairn.protocol.logging.LoggingMessage.Restored;
import cairn.simulator.disk.DiskCosts;
import cairn.simulator.disk.SimulatedDisk;
import cairn.simulator.kernel.Kernel;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What a rank says of its lives, and when. */
final class AnnouncementTest implements DiskEvents<LoggingMessage> {

    private final Kernel kernel = new Kernel();
    private final RecordingOutbox<LoggingMessage> out =
            new RecordingOutbox<>(
                    0,
                    new SimulatedDisk(
                            "n0", DiskCosts.NVME_PROTECTED, kernel, new SeededChoices(1), this));
    private final Lives lives = new Lives(0, 3);
    private RankZero site = new RankZero(0);
    private Scheme scheme = begin(Family.OPTIMISTIC);
    private Announcement announcement = announcement(Family.OPTIMISTIC);

    private static LoggingSettings settings(Family family) {
        return new LoggingSettings(family, 1, 5_000_000, 1_000_000, 1_000_000, 64);
    }

    private Scheme begin(Family family) {
        Scheme begun =
                family.logsOnDisk()
                        ? new DiskScheme(settings(family), site, Rules.SOUND)
                        : new PeerScheme(settings(family), site, Rules.SOUND);
        begun.begin();
        return begun;
    }

    private Announcement announcement(Family family) {
        var links = new Links(0, 3, settings(family), lives, scheme, Rules.SOUND);
        return new Announcement(0, 3, lives, links, scheme, Rules.SOUND);
    }

    @Override
    public void tell(Event.OfDisk<LoggingMessage> event) {
        scheme.on(event, out);
    }

    private List<LoggingMessage> answers() {
        return out.takeSent().stream()
                .map(RecordingOutbox.Sent::message)
                .filter(Noted.class::isInstance)
                .toList();
    }

    /**
     * Else others would take for stable what the log may still lose: the arrivals up to where the
     * life before this one ended.
     */
    @Test
    void nobodyHearsOfALifeWhoseBeginningMayStillBeLost() {
        scheme.arrived(
                new Parcel(1, 0, 1, new byte[8]),
                new Baggage.Dependencies(DependencyVector.zero(3).with(1, 0, 6)),
                out);
        // Rank 1 has lost what the message depends on: rank 0 gives it up, and begins another life.
        Past lost = Past.NONE.with(new Past.End(0, 5));
        announcement.heard(1, new Restored(1, 0, lost), out);
        announcement.heard(1, new Restored(1, 0, lost), out);
        assertEquals(List.of(), answers());
        assertFalse(site.isReady());
        while (kernel.step()) {
            // Each step is one operation of the disk.
        }
        assertTrue(site.isReady());
        announcement.heard(1, new Restored(1, 0, lost), out);
        assertEquals(1, answers().size());
    }

    /**
     * It may still take a message of the life before that one, and so depend on a determinant that
     * it did not hold when it answered, and that nobody else holds.
     */
    @Test
    void whoDoesNotKnowOfTheLifeOfAnotherIsAskedAgain() {
        site = new RankZero(1);
        lives.boot(1);
        scheme = begin(Family.CAUSAL);
        announcement = announcement(Family.CAUSAL);
        announcement.begin(out);
        assertEquals(List.of(1, 2), asked());
        announcement.answered(2, answer(0), out);
        assertEquals(List.of(), asked());
        // Rank 1 failed too, and rank 2 does not know.
        announcement.answered(1, answer(7), out);
        announcement.tick(out);
        assertEquals(List.of(2), asked());
        assertFalse(site.isReady());
        announcement.answered(2, answer(7), out);
        announcement.tick(out);
        assertEquals(List.of(), asked());
        assertTrue(site.isReady());
    }

    private Noted answer(long lifeOfOne) {
        return new Noted(lives.own(), List.of(lives.own(), lifeOfOne, 0L), 0, List.of(), Past.NONE);
    }

    private List<Integer> asked() {
        return out.takeSent().stream()
                .filter(sent -> sent.message() instanceof Restored)
                .map(sent -> sent.to().index())
                .toList();
    }
}
