package cairn.rdma;

/**
 * What adapters, wire and persistent memory cost. Components marked "host" are not charged by the
 * emulator: they are the share of the network or processor that drives it, kept here so that the
 * sum fits the published measurements.
 *
 * <p>A message from post to poll takes {@code post + (fetch, unless inline) + nic + propagation +
 * bytes / bandwidth + poll}: 0.83 us inline and 1.68 us + s / 11.3 GB/s otherwise (ib_send_lat, RC,
 * thesis of D. Potter: 0.83 us at 32 B, 1.58 at 1 KiB, 2.26 at 4 KiB, 4.57 at 32 KiB). A small READ
 * takes {@code post + nic + propagation + readService + nic + propagation + poll} = 2.3 us
 * (ib_read_lat on ConnectX-4, Crail). A SEND round trip of 3.1 us there is two messages that are
 * not inline, here 3.36 us. A 4 KiB WRITE and its native FLUSH take 3.0 us to the completion.
 *
 * @param postNanos host: processor time to post a request; 150
 * @param pollNanos host: processor time to take a completion; 100
 * @param eventWaitNanos host: extra when a completion is waited for by interrupt; 5,000
 * @param nicNanos host: both adapters' work on one packet, added once to each packet's way; 380
 * @param propagationNanos host: cable and switch, one way; 200
 * @param bandwidthBytesPerNano host: of the wire; 11.3 (100 Gb/s)
 * @param payloadFetchNanos reading a gather list over PCIe before the first packet of a request
 *     that is not inline; 850
 * @param readServiceNanos from a READ request's arrival to its response; 890
 * @param atomicServiceNanos the same for atomics; 890 (default, unverified)
 * @param flushServiceNanos the same for FLUSH, to which PERSISTENT adds the bytes it moved over the
 *     memory's bandwidth; 300 (default, unverified)
 * @param persistentWriteBytesPerNano write bandwidth of persistent memory, six modules; 13.9
 * @param evictedWriteBytesPerNano write bandwidth for lines that a cache gives up, in any order:
 *     each has the medium read and write its unit of 256 bytes for 64, so 64 bytes in 256 / 39.4 +
 *     256 / 13.9 ns; 2.57 (computed from published bandwidths of six modules; a stream of RDMA
 *     writes with DDIO on was seen to reach 12 % of 13.9, notes on Wei et al., USENIX ATC 2021)
 * @param cacheFlushNanos a store's write-back and fence by the processor, once per call; 62
 *     (default, unverified)
 * @param residenceLeastNanos a write's least stay in adapter and I/O buffers; 500 (default,
 *     unverified)
 * @param residenceMostNanos its longest stay when nothing pushes it; 3,500 (default, unverified)
 * @param queueNanos how long a byte stays in the write-pending queue, which no fault empties; 500
 *     (default, unverified)
 * @param cacheBytes dirty bytes that the last-level cache holds before the oldest are evicted; 32
 *     MiB (default, unverified)
 * @param evictionProbability that a dirty page's lines were evicted before they are stored to
 *     again; 0.1 (default, unverified)
 * @param connectNanos host: bringing a queue pair up at both ends; 1,000,000 (default, unverified)
 * @param registrationNanos host: registering a region; 50,000 (default, unverified)
 * @param registrationNanosPerPage host: the same, per 4 KiB; 200 (default, unverified)
 * @param packetTail host: how many times its median the 99.9th percentile of a packet's way is; 2.4
 *     (RAMCloud, small messages)
 * @param windowPackets packets that a queue pair sends ahead of their acknowledgement; 128
 * @param acknowledgeEveryPackets how often a long message asks for an acknowledgement; 32
 */
public record RdmaCosts(
        long postNanos,
        long pollNanos,
        long eventWaitNanos,
        long nicNanos,
        long propagationNanos,
        double bandwidthBytesPerNano,
        long payloadFetchNanos,
        long readServiceNanos,
        long atomicServiceNanos,
        long flushServiceNanos,
        double persistentWriteBytesPerNano,
        double evictedWriteBytesPerNano,
        long cacheFlushNanos,
        long residenceLeastNanos,
        long residenceMostNanos,
        long queueNanos,
        long cacheBytes,
        double evictionProbability,
        long connectNanos,
        long registrationNanos,
        long registrationNanosPerPage,
        double packetTail,
        int windowPackets,
        int acknowledgeEveryPackets) {

    public static final RdmaCosts DEFAULT =
            new RdmaCosts(
                    150, 100, 5_000, 380, 200, 11.3, 850, 890, 890, 300, 13.9, 2.57, 62, 500, 3_500,
                    500, 32L << 20, 0.1, 1_000_000, 50_000, 200, 2.4, 128, 32);

    public RdmaCosts {
        notNegative(postNanos, "postNanos");
        notNegative(pollNanos, "pollNanos");
        notNegative(eventWaitNanos, "eventWaitNanos");
        notNegative(nicNanos, "nicNanos");
        notNegative(propagationNanos, "propagationNanos");
        positive(bandwidthBytesPerNano, "bandwidthBytesPerNano");
        notNegative(payloadFetchNanos, "payloadFetchNanos");
        notNegative(readServiceNanos, "readServiceNanos");
        notNegative(atomicServiceNanos, "atomicServiceNanos");
        notNegative(flushServiceNanos, "flushServiceNanos");
        positive(persistentWriteBytesPerNano, "persistentWriteBytesPerNano");
        positive(evictedWriteBytesPerNano, "evictedWriteBytesPerNano");
        notNegative(cacheFlushNanos, "cacheFlushNanos");
        notNegative(residenceLeastNanos, "residenceLeastNanos");
        notNegative(
                residenceMostNanos - residenceLeastNanos,
                "residenceMostNanos - residenceLeastNanos");
        notNegative(queueNanos, "queueNanos");
        notNegative(cacheBytes - 4096, "cacheBytes - 4096");
        notNegative(connectNanos, "connectNanos");
        notNegative(registrationNanos, "registrationNanos");
        notNegative(registrationNanosPerPage, "registrationNanosPerPage");
        if (!(evictionProbability >= 0 && evictionProbability <= 1)) {
            throw new IllegalArgumentException(
                    "evictionProbability lies in [0, 1]: " + evictionProbability);
        }
        if (!(packetTail >= 1) || Double.isInfinite(packetTail)) {
            throw new IllegalArgumentException("packetTail is 1 or more: " + packetTail);
        }
        if (windowPackets < 1 || windowPackets > 1 << 20) {
            throw new IllegalArgumentException("windowPackets lies in [1, 2^20]: " + windowPackets);
        }
        if (acknowledgeEveryPackets < 1 || acknowledgeEveryPackets > windowPackets) {
            throw new IllegalArgumentException(
                    "acknowledgeEveryPackets lies in [1, windowPackets]: "
                            + acknowledgeEveryPackets);
        }
    }

    /** How long a packet travels: both adapters, propagation and serialisation. */
    public long packetNanos(int wireBytes) {
        return nicNanos + propagationNanos + Math.round(wireBytes / bandwidthBytesPerNano);
    }

    /** How long bytes take to persistent memory at its bandwidth. */
    long persistentWriteNanos(long bytes) {
        return Math.round(bytes / persistentWriteBytesPerNano);
    }

    /** How long bytes take from caches to persistent memory, line by line. */
    long evictedWriteNanos(long bytes) {
        return Math.round(bytes / evictedWriteBytesPerNano);
    }

    private static void notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + value);
        }
    }

    private static void positive(double value, String name) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite: " + value);
        }
    }
}
