package cairn.part;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.List;

final class HeartbeatsTest {

    private static final NodeId PEER = new NodeId(3);

    private static Heartbeats silentFor(int ticks) {
        var heartbeats = new Heartbeats(100, 250);
        heartbeats.watch(PEER);
        for (int i = 0; i < ticks; i++) {
            heartbeats.tick();
        }
        return heartbeats;
    }

    @Test
    void whoIsSilentForTheWholeTimeIsSuspectedAndNotBefore() {
        assertFalse(silentFor(3).isSuspected(PEER));
        assertTrue(silentFor(4).isSuspected(PEER));
        assertTrue(silentFor(400).isSuspected(PEER));
    }

    @Test
    void aSignOfLifeEndsTheSuspicion() {
        Heartbeats heartbeats = silentFor(400);
        heartbeats.heard(PEER);
        assertFalse(heartbeats.isSuspected(PEER));
        for (int i = 0; i < 4; i++) {
            heartbeats.tick();
        }
        assertTrue(heartbeats.isSuspected(PEER));
    }

    @Test
    void whoIsNotWatchedIsNotSuspected() {
        Heartbeats heartbeats = silentFor(4);
        heartbeats.forget(PEER);
        heartbeats.heard(PEER);
        heartbeats.tick();
        assertFalse(heartbeats.isSuspected(PEER));
        assertThrows(IllegalArgumentException.class, () -> new Heartbeats(0, 250));
    }

    @Test
    void howLongASilenceMayLastIsAskedWhenItBegins() {
        var heartbeats = new Heartbeats(100, 250);
        heartbeats.watch(PEER);
        var limits = new ArrayDeque<>(List.of(500L, 100L));
        for (int tick = 1; tick <= 6; tick++) {
            assertFalse(heartbeats.isSuspected(PEER), "tick " + tick);
            heartbeats.tick(limits::remove);
        }
        assertTrue(heartbeats.isSuspected(PEER));
        heartbeats.heard(PEER);
        heartbeats.tick(limits::remove);
        assertFalse(heartbeats.isSuspected(PEER));
        heartbeats.tick(limits::remove);
        assertTrue(heartbeats.isSuspected(PEER));
    }
}
