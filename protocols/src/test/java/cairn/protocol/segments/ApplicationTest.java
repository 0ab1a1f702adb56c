package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.BankOperation;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.service.Request;
import cairn.part.replica.Copy;
import cairn.part.replica.Replicas;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.Surroundings;
import cairn.protocol.segments.SegmentsMessage.Attached;
import cairn.protocol.segments.SegmentsMessage.Complete;
import cairn.protocol.segments.SegmentsMessage.Loaded;
import cairn.protocol.segments.SegmentsMessage.Safe;
import cairn.protocol.segments.SegmentsMessage.Stored;
import cairn.protocol.segments.SegmentsMessage.ToApplication;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** A leader and a service of its node that was started again. */
final class ApplicationTest {

    private static final long TICK = 0;
    private static final long FIRST = Replicas.VERSIONS_PER_TERM + 1;

    private final Setup setup =
            Setup.of(
                    SegmentsSettings.DEFAULT,
                    Surroundings.bank(),
                    1,
                    CpuCosts.DEFAULT,
                    Rules.SOUND);
    private final NodeId self = setup.topology().applications().getFirst();
    private final NodeId client = new NodeId(setup.topology().size());
    private final RecordingOutbox<SegmentsMessage> out =
            new RecordingOutbox<>(setup.sessions().memoryBytes(), null);
    private final Application application = new Application(setup, self);

    @BeforeEach
    void leadsUnderTheFirstTerm() {
        application.boot(new Boot(self, 0), out);
        tell(new Loaded(0, Copy.NOTHING.under(1)));
        tell(new Safe(1, 0));
        assertTrue(out.takeClaimed().contains(new Fact.Leading(1)));
    }

    private void tell(ToApplication message) {
        application.on(new Event.Delivered<>(setup.topology().serviceOf(self), message), out);
    }

    private void asks(int number) {
        Request request =
                new Request(client, number, new BankOperation.Transfer(number, number + 1, 1));
        application.on(new Event.Asked<>(request), out);
    }

    private List<Complete> completed(int ticks) {
        for (int i = 0; i < ticks; i++) {
            application.on(new Event.Fired<>(TICK), out);
        }
        return out.takeSent().stream()
                .map(RecordingOutbox.Sent::message)
                .filter(Complete.class::isInstance)
                .map(Complete.class::cast)
                .toList();
    }

    @Test
    void cs13ALeaderStepsDownWhenItsServiceHasLoadedALaterTermForIt() {
        tell(new Loaded(0, Copy.NOTHING.under(1)));
        assertFalse(out.isHalted(), "the same once more");
        tell(new Loaded(0, Copy.NOTHING.under(2)));
        assertTrue(out.isHalted());
        assertEquals(List.of(new Fact.SteppedDown(1)), out.takeClaimed());
    }

    @Test
    void cs1WhatIsSafeIsPutUntilTheServiceThatWasStartedAgainHasStoredIt() {
        asks(1);
        tell(new Stored(1, FIRST));
        tell(new Safe(1, FIRST));
        assertEquals(1, out.takeAnswered().size());
        tell(new Attached(1));
        assertEquals(FIRST, completed(0).getLast().version());
        // What the service says of it is lost.
        asks(2);
        assertEquals(FIRST, completed(4).getLast().version(), application.waitsFor());
        tell(new Stored(1, FIRST));
        assertEquals(FIRST + 1, completed(0).getLast().version());
    }
}
