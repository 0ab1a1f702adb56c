package cairn.protocol.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.computation.Parcel;
import cairn.model.computation.Step;
import cairn.part.dependency.Determinant;
import cairn.part.dependency.Held;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.logging.LoggingMessage.Baggage;
import cairn.protocol.logging.LoggingMessage.Keep;
import cairn.protocol.logging.LoggingMessage.Kept;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** What a rank in its fourth life makes of the determinants that others hold. */
final class PeerSchemeTest {

    private final RecordingOutbox<LoggingMessage> out = new RecordingOutbox<>(0, null);

    private static PeerScheme scheme(Family family, RankZero site) {
        var settings = new LoggingSettings(family, 1, 5_000_000, 1_000_000, 1_000_000, 64);
        var scheme = new PeerScheme(settings, site, Rules.SOUND);
        scheme.begin();
        return scheme;
    }

    /** Told by both others what they hold. */
    private PeerScheme recovered(Family family, Determinant byOne, Determinant byTwo) {
        var site = new RankZero(3);
        PeerScheme scheme = scheme(family, site);
        scheme.recover(out);
        scheme.told(1, List.of(held(byOne)));
        scheme.told(2, List.of(held(byTwo)));
        assertFalse(site.isReady(), "others may know more");
        scheme.toldAll(out);
        assertTrue(site.isReady());
        return scheme;
    }

    private static Parcel parcel(int from, long number) {
        return new Parcel(from, 0, number, new byte[8]);
    }

    private void takes(int from, int wanted, long receipt, PeerScheme scheme) {
        Parcel taken = scheme.take(wanted, receipt, out);
        assertNotNull(taken, "it waits");
        assertEquals(from, taken.from());
    }

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"PESSIMISTIC_SENDER", "CAUSAL"})
    void whatIsKnownIsReceivedInItsOrder(Family family) {
        PeerScheme scheme =
                recovered(
                        family,
                        new Determinant(0, 1, 2, 1, 1, 0),
                        new Determinant(0, 2, 1, 1, 2, 0));
        scheme.arrived(parcel(1, 1), new Baggage.None(), out);
        scheme.arrived(parcel(2, 1), new Baggage.None(), out);
        takes(2, Step.Receive.ANY, 1, scheme);
        takes(1, Step.Receive.ANY, 2, scheme);
    }

    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"PESSIMISTIC_SENDER", "CAUSAL"})
    void whatFollowedInAnEarlierLifeIsNotWaitedFor(Family family) {
        // Life 1 received of rank 2 as its second; life 2 lost its first, and went another way.
        PeerScheme scheme =
                recovered(
                        family,
                        new Determinant(0, 1, 1, 1, 2, 0),
                        new Determinant(0, 2, 2, 1, 1, 0));
        scheme.arrived(parcel(1, 1), new Baggage.None(), out);
        scheme.arrived(parcel(1, 2), new Baggage.None(), out);
        takes(1, Step.Receive.ANY, 1, scheme);
        takes(1, Step.Receive.ANY, 2, scheme);
    }

    @Test
    void anInputComesFromItsDeterminant() {
        PeerScheme scheme =
                recovered(
                        Family.PESSIMISTIC_SENDER,
                        new Determinant(0, 1, 0, 1, 1, 77),
                        new Determinant(0, 2, 2, 1, 1, 0));
        Parcel input = scheme.take(0, 1, out);
        assertNotNull(input);
        assertEquals(77, Determinant.value(input));
    }

    /**
     * The receipt of rank 0 is of a message that rank 1 sent after a receipt of its own. If rank 1
     * recovers after whoever told fails too, it learns of that from rank 0 alone.
     */
    @Test
    void withADeterminantComeThoseThatItDependsOn() {
        Held own = held(new Determinant(0, 1, 1, 1, 1, 0));
        Held before = held(new Determinant(1, 1, 2, 1, 1, 0));
        PeerScheme asker = scheme(Family.CAUSAL, new RankZero(3));
        asker.told(2, List.of(own, before));
        assertEquals(List.of(before.determinant()), determinants(asker.of(1)));
        PeerScheme teller = scheme(Family.CAUSAL, new RankZero(3));
        Held ofTwo = held(new Determinant(2, 1, 1, 1, 1, 0));
        teller.unload(new Baggage.Determinants(List.of(before, ofTwo)));
        assertEquals(
                List.of(ofTwo.determinant(), before.determinant()), determinants(teller.of(2)));
    }

    /** Else a determinant passes for logged that is on its way, and may be lost with its rank. */
    @Test
    void whatWasKeptForAnEarlierLifeIsNotTakenForWhatThisOneAskedToKeep() {
        long former = askedToKeep(scheme(Family.PESSIMISTIC_SENDER, new RankZero(0)));
        PeerScheme scheme = scheme(Family.PESSIMISTIC_SENDER, new RankZero(3));
        long present = askedToKeep(scheme);
        scheme.on(1, new Kept(0, former), out);
        assertFalse(scheme.maySend(), "rank 1 does not hold it yet");
        scheme.on(1, new Kept(0, present), out);
        assertTrue(scheme.maySend());
    }

    /** Begins a life and receives of rank 1; returns the batch that rank 1 is to keep. */
    private long askedToKeep(PeerScheme scheme) {
        scheme.recover(out);
        scheme.arrived(parcel(1, 1), new Baggage.None(), out);
        takes(1, Step.Receive.ANY, 1, scheme);
        return out.takeSent().stream()
                .map(RecordingOutbox.Sent::message)
                .filter(Keep.class::isInstance)
                .map(Keep.class::cast)
                .findFirst()
                .orElseThrow()
                .batch();
    }

    private static Held held(Determinant one) {
        return new Held(one, List.of());
    }

    private static List<Determinant> determinants(List<Held> held) {
        return held.stream().map(Held::determinant).toList();
    }
}
