package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.fault.SeededChoices;
import cairn.model.Event;
import cairn.model.Message;
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
final class AnnouncementTest implements DiskEvents {

    private final Kernel kernel = new Kernel();
    private final RecordingOutbox<LoggingMessage> out =
            new RecordingOutbox<>(
                    0,
                    new SimulatedDisk(
                            "n0",
                            DiskCosts.NVME_PROTECTED,
                            kernel,
                            new SeededChoices(1),
                            this));
    private final LoggingSettings settings =
            new LoggingSettings(Family.OPTIMISTIC, 1, 5_000_000, 1_000_000, 1_000_000, 64);
    private final RankZero site = new RankZero(0);
    private final DiskScheme scheme = new DiskScheme(settings, site, Rules.SOUND);
    private final Lives lives = new Lives(0, 3);
    private final Announcement announcement =
            new Announcement(
                    0,
                    3,
                    lives,
                    new Links(0, 3, settings, lives, scheme, Rules.SOUND),
                    scheme,
                    Rules.SOUND);

    @Override
    public void tell(Event.OfDisk<Message> event) {
        scheme.on(new Event.Stored<>(event.token()), out);
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
        scheme.begin();
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
}
