package cairn.experiment.calibration;

/**
 * What a probe repeats.
 *
 * @param operation which operation; WRITE_FLUSH
 * @param sizeBytes how many bytes it moves, 1 B to 16 MiB; 4 KiB
 */
public record ProbeSettings(Operation operation, int sizeBytes) {

    private static final int MOST_BYTES = 16 << 20;

    /** A 4 KiB write that is made durable by a native flush. */
    public static final ProbeSettings DEFAULT = new ProbeSettings(Operation.WRITE_FLUSH, 4_096);

    public ProbeSettings {
        if (sizeBytes < 1 || sizeBytes > MOST_BYTES) {
            throw new IllegalArgumentException("sizeBytes lies in [1 B, 16 MiB]: " + sizeBytes);
        }
    }

    /** The operations. */
    public enum Operation {
        /** A message and its echo, as ib_send_lat measures them (it reports half of it). */
        SEND_ECHO,
        READ,
        WRITE,
        /** A write and the read behind it that pushes it out of the adapter. */
        WRITE_READ,
        /** A write and its native persistent flush. */
        WRITE_FLUSH
    }
}
