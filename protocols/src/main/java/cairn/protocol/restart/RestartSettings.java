package cairn.protocol.restart;

/**
 * What may be chosen where there are no checkpoints.
 *
 * @param retryNanos after how long a message that was not acknowledged is sent again, above zero; 1
 *     ms
 */
public record RestartSettings(long retryNanos) {

    public static final RestartSettings DEFAULT = new RestartSettings(1_000_000);

    public RestartSettings {
        if (retryNanos < 1) {
            throw new IllegalArgumentException("a retry takes a while: " + retryNanos);
        }
    }
}
