package cairn.part.ensemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.ring.RingSettings;
import cairn.application.ring.TokenRing;
import cairn.model.Activity;
import cairn.model.Boot;
import cairn.model.CpuCosts;
import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.computation.Computation;
import cairn.model.computation.Parcel;
import cairn.model.computation.Rank;
import cairn.part.Channels.Frame;
import cairn.part.Channels.Manner;
import cairn.part.ensemble.EnsembleMessage.Carried;
import cairn.part.ensemble.EnsembleMessage.Gather;
import cairn.part.ensemble.EnsembleMessage.Holding;
import cairn.part.ensemble.EnsembleMessage.Ready;
import cairn.part.ensemble.EnsembleMessage.Restore;
import cairn.part.ensemble.EnsembleMessage.Started;
import cairn.part.ensemble.EnsembleMessage.Stop;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What the second instance of a rank makes of what it is told. */
final class MemberTest {

    private static final int SECOND = 1;
    private static final long ERA = 7;
    private static final long TICK = 1;
    private static final Computation RING = new TokenRing(new RingSettings(2, 10, 1_000, 1, 0));

    private final Ensemble ensemble =
            new Ensemble(
                    RING,
                    new Pace(1_000_000, 1_000),
                    CpuCosts.DEFAULT,
                    Manner.ORDERED,
                    false,
                    1,
                    Rules.SOUND);
    private final NodeId coordinator = ensemble.coordinatorPlace();
    private final RecordingOutbox<EnsembleMessage> out =
            new RecordingOutbox<>(Rank.memoryBytes(RING), null);
    private final Member member =
            new Member(
                    ensemble,
                    0,
                    owner -> new StoreVault(0, owner, ensemble.store(0)),
                    Blocking::new);

    @BeforeEach
    void begin() {
        member.boot(new Boot(new NodeId(0), SECOND), out);
        assertEquals(List.of(new Started(SECOND)), said());
        assertEquals(List.of(new Fact.Doing(0, Activity.RESTART)), out.takeClaimed());
        hears(new Gather(ERA));
        assertEquals(List.of(new Holding(ERA, SECOND, List.of())), said());
        assertEquals(List.of(new Fact.Doing(0, Activity.RESTART)), out.takeClaimed());
    }

    private void hears(EnsembleMessage message) {
        member.on(new Event.Delivered<>(coordinator, message), out);
    }

    private List<EnsembleMessage> said() {
        return out.takeSent().stream().map(RecordingOutbox.Sent::message).toList();
    }

    @Test
    void itGoesBackToWhereItIsToGoOnFrom() {
        hears(new Restore(ERA, SECOND, new Choice(Epoch.ZERO, 0)));
        assertTrue(out.takeClaimed().contains(new Fact.Resumed(0, Epoch.ZERO)));
        assertEquals(List.of(new Ready(ERA)), said());
    }

    /** It was late: the first instance had said what it holds, was ready, and ran. */
    @Test
    void itHasNoPartInTheEraOfTheFirst() {
        hears(new Restore(ERA, 0, new Choice(Epoch.ZERO, 0)));
        hears(new Stop(ERA, Numbers.beforeFirst(ERA).next()));
        assertEquals(List.of(), out.takeClaimed());
        assertEquals(List.of(), said());
    }

    /** Sent to the first instance: whoever takes it, and says so, is not sent it again. */
    @Test
    void itTakesNoMessageOfTheEraOfTheFirst() {
        var parcel = new Parcel(1, 0, 1, new byte[Long.BYTES]);
        var frame = new Frame<Payload>(ERA, 1, new Payload.Goods(Epoch.ZERO, parcel));
        member.on(new Event.Delivered<>(new NodeId(1), new Carried(frame)), out);
        assertEquals(List.of(), out.takeClaimed());
        assertEquals(List.of(), said());
    }

    /** So a coordinator that did not hear of it begins another era. */
    @Test
    void whileItStandsItSaysThatItStarted() {
        member.on(new Event.Fired<>(TICK), out);
        assertEquals(List.of(new Started(SECOND)), said());
    }
}
