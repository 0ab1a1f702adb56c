package cairn.model;

/**
 * What a processor needs for the elementary steps of a protocol, in nanoseconds unless named
 * otherwise. Protocols charge them with {@link Outbox#spend}.
 *
 * @param memcpyBytesPerNano how fast a core copies memory: 10 bytes a nanosecond are 10 GB/s
 * @param checksumBytesPerNano how fast a core computes a CRC
 * @param protectPageNanos write-protecting one page
 * @param faultNanos a store to a protected page: signal, handler, unprotecting
 * @param copyOnWriteNanos a copy-on-write fault, copying 4 KiB included
 * @param messageNanos handling one message of the protocol
 * @param processStartNanos starting a process
 */
public record CpuCosts(
        double memcpyBytesPerNano,
        double checksumBytesPerNano,
        long protectPageNanos,
        long faultNanos,
        long copyOnWriteNanos,
        long messageNanos,
        long processStartNanos) {

    /**
     * A server of the 2020s: 10 GB/s memcpy, 15 ns to protect a page, 3 us for a signalled fault, 1
     * us for a copy-on-write fault, 30 ms to start a process. Plausible orders of magnitude, not
     * measurements of one machine.
     */
    public static final CpuCosts DEFAULT = new CpuCosts(10, 10, 15, 3_000, 1_000, 300, 30_000_000);

    public CpuCosts {
        if (!(memcpyBytesPerNano > 0) || !(checksumBytesPerNano > 0)) {
            throw new IllegalArgumentException(
                    "speeds are above zero: " + memcpyBytesPerNano + ", " + checksumBytesPerNano);
        }
        if (protectPageNanos < 0
                || faultNanos < 0
                || copyOnWriteNanos < 0
                || messageNanos < 0
                || processStartNanos < 0) {
            throw new IllegalArgumentException("costs are zero or more");
        }
    }

    /** The time to copy so many bytes. */
    public long memcpyNanos(long bytes) {
        return Math.round(bytes / memcpyBytesPerNano);
    }

    /** The time to compute a checksum over so many bytes. */
    public long checksumNanos(long bytes) {
        return Math.round(bytes / checksumBytesPerNano);
    }
}
