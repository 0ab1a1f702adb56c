package cairn.part.replica;

import static cairn.part.replica.Said.copy;
import static cairn.part.replica.Said.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;
import cairn.part.replica.ReplicaMessage.Holds;
import cairn.part.replica.ReplicaMessage.Piece;
import cairn.part.replica.ReplicaMessage.Probe;
import cairn.part.replica.ReplicaMessage.Read;
import cairn.protocol.RecordingOutbox;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Which version is loaded, and from whom. */
final class LoaderTest {

    private static final NodeId ONE = Said.NODES.get(1);
    private static final NodeId TWO = Said.NODES.get(2);

    private final RecordingOutbox<Said> out = new RecordingOutbox<>(0, null);

    private Loader<Said> loader() {
        Membership membership = new Membership(7, List.of(new Member(ONE, 0), new Member(TWO, 4)));
        Loader<Said> loader = new Loader<>(Said.GROUP, membership);
        loader.start(out);
        return loader;
    }

    private static Holds holds(int identity, long version) {
        return new Holds(0, identity, 7, version, version);
    }

    private static Piece piece(Copy copy, int index) {
        Segment segment = copy.segments().get(index);
        return new Piece(
                copy.version(), copy.former(), copy.segments().size(), segment, segment.checksum());
    }

    private NodeId asked(int index) {
        var last = out.takeSent().getLast();
        assertEquals(index, ((Read) last.message().carried()).index());
        return last.to();
    }

    @Test
    void cs6WhatIsMissingComesFromAnotherReplicaWhenTheFirstFallsSilent() {
        Loader<Said> loader = loader();
        loader.holds(ONE, holds(0, 9), out);
        loader.holds(TWO, holds(4, 9), out);
        NodeId first = asked(0);
        NodeId second = first.equals(ONE) ? TWO : ONE;
        loader.piece(first, piece(copy(1, 9), 0), out);
        assertEquals(first, asked(1));
        NodeId next = first;
        for (int tick = 0; tick < 20 && next.equals(first); tick++) {
            loader.tick(out);
            for (var sent : out.takeSent()) {
                if (sent.message().carried() instanceof Read(long version, int index)) {
                    assertEquals(9, version);
                    assertEquals(1, index);
                    next = sent.to();
                }
            }
        }
        assertEquals(second, next);
        // The first one is heard no more.
        loader.piece(first, piece(copy(1, 9), 1), out);
        assertNull(loader.loaded());
        loader.piece(second, piece(copy(1, 9), 1), out);
        Copy loaded = loader.loaded();
        assertNotNull(loaded);
        assertEquals(7, loaded.term());
        assertEquals(2, loaded.segments().size());
    }

    @Test
    void cs6APieceThatIsNotWhatWasSentIsNotUsed() {
        Loader<Said> loader = loader();
        loader.holds(ONE, holds(0, 9), out);
        loader.holds(TWO, holds(4, 8), out);
        assertEquals(ONE, asked(0));
        Piece good = piece(copy(1, 9), 0);
        loader.piece(ONE, new Piece(9, 8, 2, segment(0, 9, 1, 3), good.checksum()), out);
        assertTrue(out.takeSent().isEmpty());
    }

    @Test
    void cs5AnAnswerOfABlankDiskInTheMembersPlaceDoesNotCount() {
        Loader<Said> loader = loader();
        loader.holds(TWO, holds(5, 0), out);
        loader.tick(out);
        assertNull(loader.loaded());
        assertTrue(
                out.takeSent().stream()
                        .allMatch(sent -> sent.message().carried() instanceof Probe));
        loader.holds(ONE, holds(0, 9), out);
        assertEquals(ONE, asked(0));
    }

    @Test
    void whenEveryMemberLostItsDiskTheNewestThatIsLeftIsLoaded() {
        Loader<Said> loader = loader();
        loader.holds(ONE, holds(1, 0), out);
        loader.holds(TWO, holds(5, 0), out);
        Copy loaded = loader.loaded();
        assertNotNull(loaded);
        assertEquals(0, loaded.version());
    }

    /** It answers still, so it is not silent; service-1 had waited for its segments for ever. */
    @Test
    void cs6WhatABlankDiskCannotSendComesFromAnotherReplica() {
        Loader<Said> loader = loader();
        loader.holds(ONE, holds(0, 9), out);
        loader.holds(TWO, holds(4, 9), out);
        NodeId first = asked(0);
        loader.holds(first, holds(8, 0), out);
        assertEquals(first.equals(ONE) ? TWO : ONE, asked(0));
    }

    @Test
    void whenTheLastMemberLosesItsDiskWhileItIsReadTheNewestThatIsLeftIsLoaded() {
        Loader<Said> loader = loader();
        loader.holds(ONE, holds(1, 0), out);
        loader.holds(TWO, holds(4, 9), out);
        assertEquals(TWO, asked(0));
        loader.holds(TWO, holds(5, 0), out);
        Copy loaded = loader.loaded();
        assertNotNull(loaded);
        assertEquals(0, loaded.version());
    }
}
