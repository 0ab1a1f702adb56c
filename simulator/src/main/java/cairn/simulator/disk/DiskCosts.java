package cairn.simulator.disk;

import cairn.model.choice.Law;

/**
 * What a disk's operations take, and what it guarantees.
 *
 * <p>An operation takes {@code operationNanos}; a write adds its bytes at the speed of a copy into
 * the page cache; a sync takes {@code sync} and the sectors that it writes at the device's
 * bandwidth instead, one of names {@code directorySync}; a read takes {@code readNanos} and the
 * file's bytes at that bandwidth. The disk does one operation after the other.
 *
 * @param name as it appears in reports
 * @param operationNanos a system call that does not wait for the device; 2,000 (default,
 *     unverified)
 * @param copyBytesPerNano of a copy into the page cache; 10
 * @param sync the time in nanoseconds of a flush of the device's cache
 * @param directorySync the time in nanoseconds that makes names durable
 * @param bytesPerNano of the device: 3 bytes a nanosecond are 3 GB/s
 * @param readNanos to a file's first byte
 * @param powerLossProtected whether the device's cache survives a loss of power
 * @param tearsSectors whether a sector that is being written when power is lost may become part old
 *     and part new; else each is one or the other
 * @param errorProbability that a read or a sync fails and does nothing
 * @param capacityBytes the sum of all files' sizes that fits
 */
public record DiskCosts(
        String name,
        long operationNanos,
        double copyBytesPerNano,
        Law sync,
        Law directorySync,
        double bytesPerNano,
        long readNanos,
        boolean powerLossProtected,
        boolean tearsSectors,
        double errorProbability,
        long capacityBytes) {

    private static final long TERABYTE = 1_000_000_000_000L;

    /**
     * An NVMe drive whose cache is protected against power loss: a 4 KiB write and its fsync take
     * 20 us together (a sync after 16 KiB took 12 to 58 us on such drives in measurements by M.
     * Callaghan); 3 GB/s and 80 us to read (default, unverified).
     */
    public static final DiskCosts NVME_PROTECTED = flushed("nvme-plp", 16_225, 3, 80_000, true);

    /** An NVMe drive for consumers: a flush takes 0.9 ms (0.89 ms measured, M. Callaghan). */
    public static final DiskCosts NVME_CONSUMER =
            flushed("nvme-consumer", 900_000, 3, 80_000, false);

    /** A spinning disk: 8 ms to a sector, 150 MB/s (default, unverified). */
    public static final DiskCosts DISK = flushed("disk", 8_000_000, 0.15, 8_000_000, false);

    public DiskCosts {
        if (operationNanos < 0
                || sync.least() < 0
                || directorySync.least() < 0
                || readNanos < 0
                || capacityBytes < 0) {
            throw new IllegalArgumentException(
                    "costs and capacity must not be negative: "
                            + operationNanos
                            + ", "
                            + sync
                            + ", "
                            + directorySync
                            + ", "
                            + readNanos
                            + ", "
                            + capacityBytes);
        }
        if (!(copyBytesPerNano > 0) || !(bytesPerNano > 0)) {
            throw new IllegalArgumentException(
                    "bandwidths must be positive: " + copyBytesPerNano + ", " + bytesPerNano);
        }
        if (!(errorProbability >= 0 && errorProbability <= 1)) {
            throw new IllegalArgumentException("a probability lies in [0, 1]: " + errorProbability);
        }
    }

    /** A disk whose flushes all take the same time, for names as for contents. */
    private static DiskCosts flushed(
            String name,
            long syncNanos,
            double bytesPerNano,
            long readNanos,
            boolean powerLossProtected) {
        Law flush = new Law.Constant(syncNanos);
        return new DiskCosts(
                name,
                2_000,
                10,
                flush,
                flush,
                bytesPerNano,
                readNanos,
                powerLossProtected,
                false,
                0,
                TERABYTE);
    }

    /** The median time that makes contents durable, in nanoseconds. */
    public long syncNanos() {
        return sync.calm();
    }

    public DiskCosts withTornSectors() {
        return new DiskCosts(
                name,
                operationNanos,
                copyBytesPerNano,
                sync,
                directorySync,
                bytesPerNano,
                readNanos,
                powerLossProtected,
                true,
                errorProbability,
                capacityBytes);
    }

    public DiskCosts withDirectorySync(Law law) {
        return new DiskCosts(
                name,
                operationNanos,
                copyBytesPerNano,
                sync,
                law,
                bytesPerNano,
                readNanos,
                powerLossProtected,
                tearsSectors,
                errorProbability,
                capacityBytes);
    }

    public DiskCosts withErrors(double probability) {
        return new DiskCosts(
                name,
                operationNanos,
                copyBytesPerNano,
                sync,
                directorySync,
                bytesPerNano,
                readNanos,
                powerLossProtected,
                tearsSectors,
                probability,
                capacityBytes);
    }

    public DiskCosts withCapacity(long bytes) {
        return new DiskCosts(
                name,
                operationNanos,
                copyBytesPerNano,
                sync,
                directorySync,
                bytesPerNano,
                readNanos,
                powerLossProtected,
                tearsSectors,
                errorProbability,
                bytes);
    }

    long writeNanos(long bytes) {
        return operationNanos + Math.round(bytes / copyBytesPerNano);
    }

    /** What bytes take to the device. */
    long deviceNanos(long bytes) {
        return Math.round(bytes / bytesPerNano);
    }

    long readNanos(long bytes) {
        return readNanos + Math.round(bytes / bytesPerNano);
    }
}
