package cairn.simulator.disk;

/**
 * What a disk's operations take, and what it guarantees.
 *
 * <p>An operation takes {@code operationNanos}; a write adds its bytes at the speed of a copy into
 * the page cache; a sync takes {@code syncNanos} and the sectors that it writes at the device's
 * bandwidth instead; a read takes {@code readNanos} and the file's bytes at that bandwidth. The
 * disk does one operation after the other.
 *
 * @param name as it appears in reports
 * @param operationNanos a system call that does not wait for the device; 2,000 (default,
 *     unverified)
 * @param copyBytesPerNano of a copy into the page cache; 10
 * @param syncNanos of a flush of the device's cache
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
        long syncNanos,
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
    public static final DiskCosts NVME_PROTECTED =
            new DiskCosts("nvme-plp", 2_000, 10, 16_225, 3, 80_000, true, false, 0, TERABYTE);

    /** An NVMe drive for consumers: a flush takes 0.9 ms (0.89 ms measured, M. Callaghan). */
    public static final DiskCosts NVME_CONSUMER =
            new DiskCosts(
                    "nvme-consumer", 2_000, 10, 900_000, 3, 80_000, false, false, 0, TERABYTE);

    /** A spinning disk: 8 ms to a sector, 150 MB/s (default, unverified). */
    public static final DiskCosts DISK =
            new DiskCosts("disk", 2_000, 10, 8_000_000, 0.15, 8_000_000, false, false, 0, TERABYTE);

    public DiskCosts {
        if (operationNanos < 0 || syncNanos < 0 || readNanos < 0 || capacityBytes < 0) {
            throw new IllegalArgumentException(
                    "costs and capacity must not be negative: "
                            + operationNanos
                            + ", "
                            + syncNanos
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

    public DiskCosts withTornSectors() {
        return new DiskCosts(
                name,
                operationNanos,
                copyBytesPerNano,
                syncNanos,
                bytesPerNano,
                readNanos,
                powerLossProtected,
                true,
                errorProbability,
                capacityBytes);
    }

    public DiskCosts withErrors(double probability) {
        return new DiskCosts(
                name,
                operationNanos,
                copyBytesPerNano,
                syncNanos,
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
                syncNanos,
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

    long syncNanos(long bytes) {
        return syncNanos + Math.round(bytes / bytesPerNano);
    }

    long readNanos(long bytes) {
        return readNanos + Math.round(bytes / bytesPerNano);
    }
}
