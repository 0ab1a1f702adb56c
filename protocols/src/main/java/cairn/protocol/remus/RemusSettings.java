package cairn.protocol.remus;

import java.util.List;

/**
 * What may be chosen of output holding. Promised: an answered request survives the loss of one of
 * the two machines' memories, and any pause, cut or bad link; with {@link WithoutBackup#RUN_ALONE}
 * only while both machines are in step: UNSAFE.
 *
 * @param epochNanos how long an epoch lasts at least; 1 ms
 * @param heartbeatNanos how often each machine says what it is; 500 us
 * @param suspectAfterNanos after how long a silence of the primary the backup takes over; 5 ms
 * @param withoutBackup what a primary does without a backup in step; wait
 */
public record RemusSettings(
        long epochNanos, long heartbeatNanos, long suspectAfterNanos, WithoutBackup withoutBackup) {

    public static final RemusSettings DEFAULT =
            new RemusSettings(1_000_000, 500_000, 5_000_000, WithoutBackup.WAIT);

    public RemusSettings {
        if (epochNanos < 1 || heartbeatNanos < 1 || suspectAfterNanos < heartbeatNanos) {
            throw new IllegalArgumentException(
                    "times are above zero, and suspicion takes a heartbeat or more: "
                            + List.of(epochNanos, heartbeatNanos, suspectAfterNanos));
        }
    }
}
