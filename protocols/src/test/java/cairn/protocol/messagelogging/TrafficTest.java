package cairn.protocol.messagelogging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import cairn.model.computation.Parcel;
import cairn.part.ByteReader;
import cairn.part.ByteWriter;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The log of a rank's messages: DJ-9 to DJ-12 one by one. */
final class TrafficTest {

    private final RecordingWire wire = new RecordingWire();

    private static final class RecordingWire implements Traffic.Wire {

        private final List<Long> sent = new ArrayList<>();
        private final List<Long> acknowledged = new ArrayList<>();

        @Override
        public void transmit(Parcel parcel) {
            sent.add(parcel.number());
        }

        @Override
        public void acknowledge(int sender, long number) {
            acknowledged.add(number);
        }

        private static List<Long> taken(List<Long> kept) {
            List<Long> taken = List.copyOf(kept);
            kept.clear();
            return taken;
        }

        List<Long> takeSent() {
            return taken(sent);
        }

        List<Long> takeAcknowledged() {
            return taken(acknowledged);
        }
    }

    private static Traffic traffic(int window) {
        return new Traffic(2, window, Rules.SOUND);
    }

    private static Parcel outgoing(long number) {
        return new Parcel(0, 1, number, new byte[] {(byte) number});
    }

    private static Parcel incoming(long number) {
        return new Parcel(1, 0, number, new byte[] {(byte) number});
    }

    private static Traffic restored(Traffic from) {
        var state = new ByteWriter();
        from.save(state);
        Traffic restored = traffic(8);
        restored.restore(new ByteReader(state.toBytes()));
        return restored;
    }

    private static long taken(Traffic from) {
        return Objects.requireNonNull(from.inbox().take(1)).number();
    }

    @Test
    void dj9AMessageIsSentAgainUntilItIsAcknowledged() {
        Traffic traffic = traffic(8);
        traffic.send(outgoing(1), wire);
        traffic.send(outgoing(2), wire);
        assertEquals(List.of(1L, 2L), wire.takeSent());
        traffic.tick(wire);
        assertEquals(List.of(), wire.takeSent(), "an answer has had no time yet");
        traffic.acknowledged(1, 1, wire);
        traffic.tick(wire);
        assertEquals(List.of(2L), wire.takeSent());
        traffic.acknowledged(1, 2, wire);
        traffic.tick(wire);
        traffic.tick(wire);
        assertEquals(List.of(), wire.takeSent(), "no copy is left");
    }

    @Test
    void dj9AWindowOfMessagesIsUnderWayAndTheOthersWaitInTheLog() {
        Traffic traffic = traffic(2);
        for (long number = 1; number <= 4; number++) {
            traffic.send(outgoing(number), wire);
        }
        assertEquals(List.of(1L, 2L), wire.takeSent());
        traffic.acknowledged(1, 2, wire);
        assertEquals(List.of(3L), wire.takeSent());
        traffic.acknowledged(1, 1, wire);
        assertEquals(List.of(4L), wire.takeSent());
    }

    @Test
    void dj10WhatWasUnacknowledgedAtTheCutIsSentAgainAfterARestore() {
        Traffic traffic = traffic(8);
        traffic.send(outgoing(1), wire);
        traffic.send(outgoing(2), wire);
        traffic.acknowledged(1, 1, wire);
        wire.takeSent();
        Traffic restored = restored(traffic);
        restored.begin(wire);
        assertEquals(List.of(2L), wire.takeSent());
    }

    @Test
    void dj11ADuplicateIsDiscardedAndAcknowledgedAgain() {
        Traffic traffic = traffic(8);
        traffic.arrived(incoming(1), wire);
        traffic.arrived(incoming(1), wire);
        assertEquals(List.of(1L, 1L), wire.takeAcknowledged());
        assertEquals(1, taken(traffic));
        assertNull(traffic.inbox().take(1), "it is received once");
    }

    @Test
    void dj11WhatOvertookAnotherIsAcknowledgedAtOnceAndReceivedInItsTurn() {
        Traffic traffic = traffic(8);
        traffic.arrived(incoming(2), wire);
        assertEquals(List.of(2L), wire.takeAcknowledged());
        assertNull(traffic.inbox().take(1));
        traffic.arrived(incoming(2), wire);
        traffic.arrived(incoming(1), wire);
        assertEquals(1, taken(traffic));
        assertEquals(2, taken(traffic));
    }

    @Test
    void dj12DuplicatesAreKnownAfterARestore() {
        Traffic traffic = traffic(8);
        traffic.arrived(incoming(1), wire);
        traffic.arrived(incoming(2), wire);
        assertEquals(1, taken(traffic));
        traffic.arrived(incoming(4), wire);
        Traffic restored = restored(traffic);
        restored.arrived(incoming(1), wire);
        restored.arrived(incoming(2), wire);
        assertEquals(2, taken(restored), "it had arrived and was not received");
        assertNull(restored.inbox().take(1), "what is numbered no higher is known");
        restored.arrived(incoming(3), wire);
        assertEquals(3, taken(restored));
        assertEquals(4, taken(restored), "what had overtaken another is in the image too");
    }

    @Test
    void dj12WhatIsLaterThanTheImageIsForgottenWithIt() {
        Traffic traffic = traffic(8);
        traffic.arrived(incoming(1), wire);
        Traffic restored = restored(traffic);
        traffic.arrived(incoming(2), wire);
        restored.arrived(incoming(2), wire);
        assertEquals(1, taken(restored));
        assertNotNull(restored.inbox().take(1), "it is received again");
    }
}
