package cairn.part.replica;

import static cairn.part.replica.Said.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.protocol.RecordingOutbox;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What is read while its writer goes on. */
final class LocalStorageTest {

    private final RecordingOutbox<Said> out = new RecordingOutbox<>(0, null);

    private LocalStorage stored(long version) {
        LocalStorage local = new LocalStorage(Said.GROUP, 2, Copy.NOTHING);
        local.put(segment(0, version, 1));
        local.put(segment(1, version, 2));
        assertTrue(local.complete(version, List.of(version, version)));
        return local;
    }

    private @Nullable Copy readOn(LocalStorage local, long before) {
        local.read(before, out);
        return local.computed(out.takeComputing().getLast(), 1, before, out);
    }

    @Test
    void cs8SegmentsThatAreReadBetweenTwoVersionsAreNotTakenForOne() {
        LocalStorage local = stored(5);
        assertNull(readOn(local, 4));
        // The application overwrites the second segment before it is read.
        local.put(segment(1, 6, 9));
        assertNull(local.computed(out.takeComputing().getLast(), 1, 4, out));
        local.put(segment(0, 6, 8));
        assertTrue(local.complete(6, List.of(6L, 6L)));
        assertNull(readOn(local, 4));
        Copy whole = local.computed(out.takeComputing().getLast(), 1, 4, out);
        assertNotNull(whole);
        assertEquals(6, whole.version());
        assertEquals(9, whole.segments().get(1).content()[0]);
    }

    @Test
    void cs8AVersionOfWhichSomethingDidNotArriveIsNotComplete() {
        LocalStorage local = stored(5);
        local.put(segment(0, 6, 8));
        assertFalse(local.complete(6, List.of(6L, 6L)));
    }
}
