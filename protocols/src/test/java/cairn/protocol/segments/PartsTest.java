package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.application.bank.Bank;
import cairn.application.bank.BankSettings;
import cairn.model.CpuCosts;
import cairn.model.Records;
import cairn.part.replica.Copy;
import cairn.part.replica.Segment;
import cairn.protocol.RecordingOutbox;
import cairn.protocol.segments.SegmentsMessage.Complete;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The node's own storage by itself, and what settings make sense. */
final class PartsTest {

    private static final SegmentsSettings SETTINGS = SegmentsSettings.DEFAULT;

    private static final Setup SETUP =
            Setup.of(
                    Records.like(SETTINGS).with("segments", 2).made(),
                    new Bank(BankSettings.DEFAULT),
                    1,
                    CpuCosts.DEFAULT,
                    Rules.SOUND);

    private final RecordingOutbox<SegmentsMessage> out = new RecordingOutbox<>(0, null);

    private static Segment segment(int index, long version, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new Segment(index, version, content);
    }

    private LocalStorage stored(long version) {
        LocalStorage local = new LocalStorage(SETUP, Copy.NOTHING);
        local.put(segment(0, version, 1));
        local.put(segment(1, version, 2));
        assertTrue(local.complete(new Complete(1, version, List.of(version, version))));
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
        assertTrue(local.complete(new Complete(1, 6, List.of(6L, 6L))));
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
        assertFalse(local.complete(new Complete(1, 6, List.of(6L, 6L))));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Records.like(SETTINGS).with("replicas", 5).made());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Records.like(SETTINGS)
                                .with("ableNodes", 1)
                                .with("storageNodes", 0)
                                .with("failureDomains", 2)
                                .with("replicas", 1)
                                .made());
        assertThrows(
                IllegalArgumentException.class,
                () -> Records.like(SETTINGS).with("segments", 0).made());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        Records.like(SETTINGS)
                                .with("heartbeatNanos", 1_000)
                                .with("suspectAfterNanos", 1_000)
                                .made());
    }
}
