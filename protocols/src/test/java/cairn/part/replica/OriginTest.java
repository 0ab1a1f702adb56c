package cairn.part.replica;

import static cairn.part.replica.Said.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;
import cairn.part.replica.ReplicaMessage.Forward;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Replicate;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.List;

/** When a version is safe, and who is brought it. */
final class OriginTest {

    private static final long TERM = 3;
    private static final long VERSION = TERM * Replicas.VERSIONS_PER_TERM + 1;
    private static final NodeId SELF = Said.NODES.getFirst();
    private static final NodeId ONE = Said.NODES.get(1);
    private static final NodeId TWO = Said.NODES.get(2);

    private final RecordingOutbox<Said> out = new RecordingOutbox<>(0, null);
    private final Origin<Said> origin =
            new Origin<>(Said.GROUP, SELF, new Membership(TERM, List.of()));

    private boolean holds(NodeId place, long term, long version) {
        return origin.holds(place, new Holds(0, 7, term, version, version), out);
    }

    private void allHold(long version) {
        for (NodeId place : List.of(SELF, ONE, TWO, Said.GLOBAL)) {
            assertTrue(holds(place, TERM, version));
        }
    }

    @Test
    void cs3AVersionIsSafeWhenAllHoldItAndTheMembershipNamesThem() {
        origin.replicate(copy(TERM, VERSION), out);
        holds(SELF, TERM, VERSION);
        holds(ONE, TERM, VERSION);
        holds(Said.GLOBAL, TERM, VERSION);
        assertNull(origin.membersToRegister(), "one replica is missing");
        holds(TWO, TERM - 1, VERSION);
        assertNull(origin.membersToRegister(), "it holds it under an earlier term");
        holds(TWO, TERM, VERSION);
        List<Member> members = origin.membersToRegister();
        assertNotNull(members);
        assertEquals(4, members.size());
        assertFalse(origin.isSafe());
        assertTrue(origin.registered(new Membership(TERM, members), out));
        assertNull(origin.membersToRegister());
        assertTrue(origin.isSafe());
        origin.replicate(copy(TERM, VERSION + 1), out);
        assertFalse(origin.isSafe());
    }

    @Test
    void onlyWhatAPlaceLacksIsSentToIt() {
        origin.replicate(copy(TERM, VERSION), out);
        allHold(VERSION);
        out.takeSent();
        origin.replicate(copy(TERM, VERSION + 1), out);
        Replicate sent = null;
        for (var each : out.takeSent()) {
            if (each.to().equals(ONE)) {
                sent = (Replicate) each.message().carried();
            }
        }
        assertNotNull(sent);
        assertEquals(VERSION, sent.base());
        assertEquals(1, sent.copy().segments().size(), "the other segment has not changed");
    }

    @Test
    void cs7AReplicaThatHoldsTheVersionPassesItOnToTheGlobalStorage() {
        origin.replicate(copy(TERM, VERSION), out);
        holds(Said.GLOBAL, TERM, 0);
        assertTrue(out.takeSent().isEmpty(), "no replica holds it yet");
        holds(ONE, TERM, VERSION);
        var sent = out.takeSent().getLast();
        assertEquals(ONE, sent.to());
        assertEquals(new Forward(TERM, VERSION), sent.message().carried());
    }

    @Test
    void cs12WhoFallsSilentIsReplaced() {
        origin.replicate(copy(TERM, VERSION), out);
        allHold(VERSION);
        for (int tick = 0; tick < 20; tick++) {
            for (NodeId place : Said.NODES) {
                if (!place.equals(TWO)) {
                    holds(place, TERM, place.equals(SELF) || place.equals(ONE) ? VERSION : 0);
                }
            }
            holds(Said.GLOBAL, TERM, VERSION);
            origin.tick(out);
        }
        assertNull(origin.membersToRegister(), "the one in its place does not hold it yet");
        holds(Said.NODES.get(3), TERM, VERSION);
        List<Member> members = origin.membersToRegister();
        assertNotNull(members);
        assertTrue(members.contains(new Member(Said.NODES.get(3), 7)));
        assertFalse(members.contains(new Member(TWO, 7)));
    }

    @Test
    void cs13AnAnswerUnderALaterTermShowsThatAnotherMayStore() {
        origin.replicate(copy(TERM, VERSION), out);
        assertFalse(holds(ONE, TERM + 1, VERSION));
    }
}
