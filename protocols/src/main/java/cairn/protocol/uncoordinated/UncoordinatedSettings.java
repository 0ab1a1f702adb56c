package cairn.protocol.uncoordinated;

/**
 * What may be chosen for independent checkpoints.
 *
 * @param forced when a message makes its receiver cut
 * @param holdsOutputs whether outputs wait until nobody can go back beyond them; true
 * @param intervalNanos from one checkpoint of a rank to its next, on average: half of it to one and
 *     a half times as long; 5 ms
 * @param retryNanos after how long a message that was not answered is sent again, above zero; 1 ms
 */
public record UncoordinatedSettings(
        Forced forced, boolean holdsOutputs, long intervalNanos, long retryNanos) {

    /** When a message makes its receiver cut. */
    public enum Forced {
        /** Never: a failure may take everybody back to the beginning. */
        NEVER,
        /** When its sender's index is higher: checkpoints of one index form a line. */
        BY_INDEX
    }

    public static final UncoordinatedSettings DEFAULT =
            new UncoordinatedSettings(Forced.NEVER, true, 5_000_000, 1_000_000);

    public UncoordinatedSettings {
        if (intervalNanos < 1_000 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "an interval has a microsecond or more, a retry takes a while: "
                            + intervalNanos
                            + ", "
                            + retryNanos);
        }
    }
}
