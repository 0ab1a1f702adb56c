package cairn.part.replica;

import static cairn.part.replica.Said.copy;
import static cairn.part.replica.Said.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Versions, parts of them, and which takes whose place. */
final class CopyTest {

    @Test
    void cs13ALaterVersionOrOneOfALaterTermTakesAnothersPlaceAndNoOther() {
        ReplicaRules rules = ReplicaRules.SOUND;
        assertTrue(rules.isNewer(copy(1, 9), copy(1, 8)));
        assertFalse(rules.isNewer(copy(1, 8), copy(1, 8)));
        assertFalse(rules.isNewer(copy(1, 8), copy(1, 9)));
        assertTrue(rules.isNewer(copy(2, 8), copy(1, 9)));
        assertTrue(rules.isFenced(1, 2));
        assertFalse(rules.isFenced(2, 2));
    }

    @Test
    void cs13APartIsPutOnTheVersionThatItDiffersFrom() {
        Copy before = copy(1, 8);
        Copy after = new Copy(1, 9, 8, List.of(segment(0, 9, 7, 7), before.segments().get(1)));
        Copy part = after.since(8);
        assertEquals(1, part.segments().size());
        assertEquals(after, part.on(before));
    }

    @Test
    void aCopyAsBytesIsTheSameCopyAndATornOneIsNone() {
        Copy copy = copy(1, 9);
        byte[] bytes = copy.toBytes();
        Copy read = Copy.fromBytes(bytes);
        assertNotNull(read);
        assertEquals(copy.version(), read.version());
        assertEquals(copy.segments().get(1).checksum(), read.segments().get(1).checksum());
        for (int i = 0; i < bytes.length; i++) {
            byte[] torn = bytes.clone();
            torn[i] ^= 1;
            assertNull(Copy.fromBytes(torn), "byte " + i);
        }
        assertNull(Copy.fromBytes(new byte[0]));
    }
}
