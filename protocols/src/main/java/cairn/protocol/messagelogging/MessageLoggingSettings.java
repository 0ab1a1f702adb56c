package cairn.protocol.messagelogging;

import java.util.List;

/**
 * What may be chosen.
 *
 * @param checkpointEveryNanos from the end of one checkpoint to the beginning of the next, above
 *     zero; 5 ms
 * @param retryNanos after how long a message that was not acknowledged is sent again, above zero; 1
 *     ms
 * @param window how many messages to one rank may be under way unacknowledged, one or more; further
 *     ones wait; 64
 */
public record MessageLoggingSettings(long checkpointEveryNanos, long retryNanos, int window) {

    public static final MessageLoggingSettings DEFAULT =
            new MessageLoggingSettings(5_000_000, 1_000_000, 64);

    public MessageLoggingSettings {
        if (checkpointEveryNanos < 1 || retryNanos < 1 || window < 1) {
            throw new IllegalArgumentException(
                    "intervals and window are above zero: "
                            + List.of(checkpointEveryNanos, retryNanos, window));
        }
    }
}
