package cairn.protocol.segments;

import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.model.Records;

import org.junit.jupiter.api.Test;

final class SegmentsSettingsTest {

    private static final SegmentsSettings SETTINGS = SegmentsSettings.DEFAULT;

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
