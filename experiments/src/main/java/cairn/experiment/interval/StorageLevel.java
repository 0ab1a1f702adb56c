package cairn.experiment.interval;

/**
 * A place for checkpoints.
 *
 * @param name as it is shown
 * @param bytesPerNano how fast checkpoints are written and read; 3 bytes a nanosecond are 3 GB/s
 * @param latencyNanos what each takes beside its bytes
 * @param medium what it is
 */
public record StorageLevel(String name, double bytesPerNano, long latencyNanos, Medium medium) {

    /** One that all machines share. */
    public StorageLevel(String name, double bytesPerNano, long latencyNanos) {
        this(name, bytesPerNano, latencyNanos, Medium.SHARED);
    }

    public StorageLevel {
        if (!(bytesPerNano > 0) || Double.isInfinite(bytesPerNano) || latencyNanos < 0) {
            throw new IllegalArgumentException(
                    "a level has a bandwidth above zero and a latency of zero or more: "
                            + bytesPerNano
                            + ", "
                            + latencyNanos);
        }
    }

    /** How long so many bytes take. */
    long nanos(double bytes) {
        return Math.max(1, latencyNanos + Math.round(bytes / bytesPerNano));
    }
}
