package cairn.part.ensemble;

/**
 * How often things happen.
 *
 * @param intervalNanos from one checkpoint's end to the next one's beginning, above zero
 * @param retryNanos after how long a message that was not answered is sent again, above zero
 */
public record Pace(long intervalNanos, long retryNanos) {

    public Pace {
        if (intervalNanos < 1 || retryNanos < 1) {
            throw new IllegalArgumentException(
                    "times are above zero: " + intervalNanos + ", " + retryNanos);
        }
    }
}
