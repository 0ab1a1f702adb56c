package cairn.part;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.part.Channels.Frame;
import cairn.part.Channels.Manner;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Channels that acknowledge each message by itself, as a log of messages: DJ-9 to DJ-12. */
final class LoggedChannelsTest {

    private static final int PEER = 1;

    private final RecordingWire wire = new RecordingWire();

    private static final class RecordingWire implements Channels.Wire<String> {

        private final List<Long> sent = new ArrayList<>();
        private final List<Long> acknowledged = new ArrayList<>();

        @Override
        public void transmit(int peer, Frame<String> frame) {
            sent.add(frame.number());
        }

        @Override
        public void acknowledge(int peer, long era, long number) {
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

    private static Channels<String> channels(int window) {
        return new Channels<>(2, new Manner(true, true, window));
    }

    /** As after a restore of what was at a cut: in another era. */
    private static Channels<String> restored(Channels<String> from) {
        Channels<String> restored = channels(8);
        restored.resume(from.era() + 1, from.state());
        return restored;
    }

    private void send(String what, Channels<String> through) {
        through.send(PEER, what, wire);
    }

    private List<String> arrive(long number, String what, Channels<String> at) {
        return at.receive(PEER, new Frame<>(at.era(), number, what), wire);
    }

    @Test
    void dj9AMessageIsSentAgainUntilItIsAcknowledged() {
        Channels<String> channels = channels(8);
        send("a", channels);
        send("b", channels);
        assertEquals(List.of(1L, 2L), wire.takeSent());
        channels.tick(wire);
        assertEquals(List.of(), wire.takeSent(), "an answer has had no time yet");
        channels.acknowledged(PEER, 0, 1, wire);
        channels.tick(wire);
        assertEquals(List.of(2L), wire.takeSent());
        channels.acknowledged(PEER, 0, 2, wire);
        channels.tick(wire);
        channels.tick(wire);
        assertEquals(List.of(), wire.takeSent(), "no copy is left");
        assertTrue(channels.isQuiet());
    }

    @Test
    void dj9AWindowOfMessagesIsUnderWayAndTheOthersWaitInTheLog() {
        Channels<String> channels = channels(2);
        for (String what : List.of("a", "b", "c", "d")) {
            send(what, channels);
        }
        assertEquals(List.of(1L, 2L), wire.takeSent());
        assertEquals(List.of("a", "b", "c", "d"), channels.unacknowledged(PEER));
        channels.acknowledged(PEER, 0, 2, wire);
        assertEquals(List.of(3L), wire.takeSent());
        channels.tick(wire);
        assertEquals(List.of(), wire.takeSent(), "an answer to the third has had no time yet");
        channels.acknowledged(PEER, 0, 1, wire);
        assertEquals(List.of(4L), wire.takeSent());
    }

    @Test
    void theFirstMessageAfterARestoreDoesNotWaitForATick() {
        Channels<String> channels = channels(8);
        send("a", channels);
        channels.acknowledged(PEER, 0, 1, wire);
        wire.takeSent();
        Channels<String> restored = restored(channels);
        send("b", restored);
        assertEquals(List.of(2L), wire.takeSent());
        // What may not have arrived keeps its place before it.
        Channels<String> again = restored(restored);
        send("c", again);
        assertEquals(List.of(), wire.takeSent());
        again.tick(wire);
        assertEquals(List.of(2L, 3L), wire.takeSent());
    }

    @Test
    void dj10WhatWasUnacknowledgedAtTheCutIsSentAgainAfterARestore() {
        Channels<String> channels = channels(8);
        send("a", channels);
        send("b", channels);
        channels.acknowledged(PEER, 0, 1, wire);
        wire.takeSent();
        Channels<String> restored = restored(channels);
        restored.tick(wire);
        assertEquals(List.of(2L), wire.takeSent());
        send("c", restored);
        assertEquals(List.of(3L), wire.takeSent(), "the numbers go on");
    }

    @Test
    void dj10AfterARestoreNoMoreThanAWindowIsUnderWay() {
        Channels<String> channels = channels(8);
        for (int i = 0; i < 12; i++) {
            send("a", channels);
        }
        wire.takeSent();
        Channels<String> restored = restored(channels);
        restored.tick(wire);
        assertEquals(8, wire.takeSent().size());
    }

    @Test
    void dj11ADuplicateIsDiscardedAndAcknowledgedAgain() {
        Channels<String> channels = channels(8);
        assertEquals(List.of("a"), arrive(1, "a", channels));
        assertTrue(channels.hasArrived(PEER, new Frame<>(0, 1, "a")));
        assertEquals(List.of(), arrive(1, "a", channels));
        assertEquals(List.of(1L, 1L), wire.takeAcknowledged());
    }

    @Test
    void dj11WhatOvertookAnotherIsAcknowledgedAtOnceAndReceivedInItsTurn() {
        Channels<String> channels = channels(8);
        assertEquals(List.of(), arrive(2, "b", channels));
        assertEquals(List.of(2L), wire.takeAcknowledged());
        assertTrue(channels.hasArrived(PEER, new Frame<>(0, 2, "b")));
        assertFalse(channels.hasArrived(PEER, new Frame<>(0, 1, "a")));
        assertEquals(List.of(), arrive(2, "b", channels));
        assertEquals(List.of("a", "b"), arrive(1, "a", channels));
    }

    @Test
    void dj12DuplicatesAreKnownAfterARestore() {
        Channels<String> channels = channels(8);
        arrive(1, "a", channels);
        arrive(2, "b", channels);
        arrive(4, "d", channels);
        Channels<String> restored = restored(channels);
        assertEquals(List.of(), arrive(1, "a", restored));
        assertEquals(List.of(), arrive(2, "b", restored));
        assertEquals(
                List.of("c", "d"),
                arrive(3, "c", restored),
                "what had overtaken another is there too");
    }

    @Test
    void dj12WhatIsLaterThanTheImageIsForgottenWithIt() {
        Channels<String> channels = channels(8);
        arrive(1, "a", channels);
        Channels<String> restored = restored(channels);
        arrive(2, "b", channels);
        assertEquals(List.of("b"), arrive(2, "b", restored), "it is received again");
    }
}
