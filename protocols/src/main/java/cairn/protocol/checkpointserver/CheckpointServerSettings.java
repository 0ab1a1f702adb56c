package cairn.protocol.checkpointserver;

import java.util.List;

/**
 * What may be chosen of a checkpoint server. Promised in any case: an answered request is on the
 * server's disk, and survives every crash, hang, pause, cut and loss of power; the styles differ in
 * how soon the next primary answers.
 *
 * @param style what backups have before they are needed; warm
 * @param hosts how many machines can run the application; 4
 * @param degree how many of them are backups beside the primary, one or more; 1
 * @param batchRequests how many requests one checkpoint may contain, one or more; 256
 * @param heartbeatNanos how often the watchdog looks at every host; 500 us
 * @param suspectAfterNanos after how long a silence or hang a host counts as failed; 5 ms
 * @param applicationHangProbability that the application hangs in a request that changes it; 0
 */
public record CheckpointServerSettings(
        Style style,
        int hosts,
        int degree,
        int batchRequests,
        long heartbeatNanos,
        long suspectAfterNanos,
        double applicationHangProbability) {

    public static final CheckpointServerSettings DEFAULT =
            new CheckpointServerSettings(Style.WARM, 4, 1, 256, 500_000, 5_000_000, 0);

    public CheckpointServerSettings {
        if (degree < 1 || hosts <= degree || batchRequests < 1) {
            throw new IllegalArgumentException(
                    "there are more hosts than backups, a backup or more, and a checkpoint contains"
                            + " one request or more: "
                            + List.of(hosts, degree, batchRequests));
        }
        if (heartbeatNanos < 1 || suspectAfterNanos < heartbeatNanos) {
            throw new IllegalArgumentException(
                    "a heartbeat is above zero, and suspicion takes one or more: "
                            + List.of(heartbeatNanos, suspectAfterNanos));
        }
        if (!(applicationHangProbability >= 0 && applicationHangProbability <= 1)) {
            throw new IllegalArgumentException(
                    "a probability lies in [0, 1]: " + applicationHangProbability);
        }
    }

    /** How soon after the last fault the degree is restored: the manager's disk may be slow. */
    long restoredWithinNanos() {
        return 3 * suspectAfterNanos + 250_000_000;
    }
}
