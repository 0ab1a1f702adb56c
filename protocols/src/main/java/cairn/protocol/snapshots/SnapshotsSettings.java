package cairn.protocol.snapshots;

import cairn.part.snapshot.SnapshotSettings;

import java.util.List;

/**
 * What may be chosen of snapshots. Promised with outputs held: an answered request survives every
 * crash, hang and loss of power of every machine. With {@link OutputRule#AT_ONCE} only a planned
 * switch-over loses nothing: UNSAFE.
 *
 * @param output when answers leave; held
 * @param snapshotEveryNanos how often the first daemon asks for a snapshot; 1 ms
 * @param overlapping how many snapshots may be unsealed at once, which bounds the copies to as many
 *     times the memory; 2
 * @param sectionPages pages that the transfer processor sends at a time; 8
 * @param heartbeatNanos how often daemons look after their instance and each other; 500 us
 * @param suspectAfterNanos after how long a silence, or how long without progress, a daemon takes
 *     the other side for failed; 10 ms
 * @param transferTimeoutNanos after how long without progress the transfer processor is taken for
 *     dead and started again; 5 ms
 * @param switchEveryNanos how often the daemon of the active computer hands over to the other one
 *     as planned; zero for never, 0
 * @param transferDeathProbability that the transfer processor dies at a section; a failure that no
 *     fault of a machine can express; 0
 * @param applicationHangProbability that the application, not its machine, hangs in a request and
 *     never goes on by itself; 0
 */
public record SnapshotsSettings(
        OutputRule output,
        long snapshotEveryNanos,
        int overlapping,
        int sectionPages,
        long heartbeatNanos,
        long suspectAfterNanos,
        long transferTimeoutNanos,
        long switchEveryNanos,
        double transferDeathProbability,
        double applicationHangProbability) {

    public static final SnapshotsSettings DEFAULT =
            new SnapshotsSettings(
                    OutputRule.HELD, 1_000_000, 2, 8, 500_000, 10_000_000, 5_000_000, 0, 0, 0);

    public SnapshotsSettings {
        if (snapshotEveryNanos < 1
                || heartbeatNanos < 1
                || suspectAfterNanos < heartbeatNanos
                || transferTimeoutNanos < 1
                || switchEveryNanos < 0) {
            throw new IllegalArgumentException(
                    "intervals are above zero, and suspicion takes a heartbeat or more: "
                            + List.of(
                                    snapshotEveryNanos,
                                    heartbeatNanos,
                                    suspectAfterNanos,
                                    transferTimeoutNanos,
                                    switchEveryNanos));
        }
        if (overlapping < 1 || sectionPages < 1) {
            throw new IllegalArgumentException(
                    "snapshots and pages are one or more: " + overlapping + ", " + sectionPages);
        }
        if (!(transferDeathProbability >= 0 && transferDeathProbability < 1)
                || !(applicationHangProbability >= 0 && applicationHangProbability < 1)) {
            throw new IllegalArgumentException(
                    "a probability lies in [0, 1): "
                            + transferDeathProbability
                            + ", "
                            + applicationHangProbability);
        }
    }

    SnapshotSettings ofStore() {
        return new SnapshotSettings(
                overlapping, sectionPages, transferTimeoutNanos, transferDeathProbability);
    }
}
