package cairn.protocol.logging;

import java.util.List;

/**
 * What may be chosen.
 *
 * @param family when determinants are stable
 * @param failures how many overlapping failures causal logging survives, one or more and fewer than
 *     there are ranks; 1
 * @param checkpointEveryNanos how often each rank takes a checkpoint of its own, above zero; 5 ms
 * @param flushEveryNanos how long optimistic logging gathers before it writes, zero or more; 1 ms
 * @param retryNanos after how long what was not answered is said again, above zero; 1 ms
 * @param window how many messages to one rank may be under way unacknowledged, one or more; 64
 */
public record LoggingSettings(
        Family family,
        int failures,
        long checkpointEveryNanos,
        long flushEveryNanos,
        long retryNanos,
        int window) {

    public static final LoggingSettings DEFAULT =
            new LoggingSettings(
                    Family.PESSIMISTIC_RECEIVER, 1, 5_000_000, 1_000_000, 1_000_000, 64);

    public LoggingSettings {
        if (failures < 1 || window < 1) {
            throw new IllegalArgumentException(
                    "failures and window are one or more: " + List.of(failures, window));
        }
        if (checkpointEveryNanos < 1 || retryNanos < 1 || flushEveryNanos < 0) {
            throw new IllegalArgumentException(
                    "intervals are above zero, and a flush may be at once: "
                            + List.of(checkpointEveryNanos, flushEveryNanos, retryNanos));
        }
    }
}
