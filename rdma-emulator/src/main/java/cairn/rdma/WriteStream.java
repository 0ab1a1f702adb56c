package cairn.rdma;

/**
 * The order in which one connection's writes to persistent memory must land: message after message.
 */
public final class WriteStream {

    private final int connection;
    private int message;
    private long floorNanos;
    private long latestNanos;

    WriteStream(int connection) {
        this.connection = connection;
    }

    /** The queue pair of this machine that writes. */
    public int connection() {
        return connection;
    }

    int message() {
        return message;
    }

    /** What arrives from now on belongs to the next message and lands after what came before. */
    void beginMessage() {
        message++;
        floorNanos = latestNanos;
    }

    /** When a write that would leave the buffers at a time may land. */
    long order(long dueNanos) {
        long ordered = Math.max(dueNanos, floorNanos);
        latestNanos = Math.max(latestNanos, ordered);
        return ordered;
    }
}
