package cairn.protocol.rdmapmem;

import cairn.model.Acknowledgement;
import cairn.part.pmu.PersistMethod;
import cairn.part.pmu.PmuSettings;
import cairn.part.sets.SetSettings;
import cairn.part.sets.StoreMode;

/**
 * What may be chosen of the RDMA persistent-memory server.
 *
 * @param backup what backups know before they take over; HOT
 * @param backups how many processes stand by, 0 to 8; 1
 * @param mirrors how many units hold the same data, 1 or 2; 1 (PMU-20)
 * @param mode whether sets overwrite or are appended; OVERWRITE
 * @param retainedSets APPEND: how many of the newest sets stay restorable, 1 to 64; 4 (PMU-6)
 * @param fullEvery APPEND: every how-manieth set is a full one, 1 to 64; 8
 * @param clearWhenRead APPEND: whether a set that a backup has read, and no newer one needs, is
 *     cleared at once instead of being retained; off (PMU-15)
 * @param persist how bytes are made durable; NATIVE_FLUSH
 * @param acknowledge what an acknowledged checkpoint means; DURABLE. Below DURABLE nothing is
 *     flushed to persistence. With two mirrors, DURABLE_ON_ALL waits for both, the others for one
 * @param regions into how many regions the image is split, 1 to 8; 1 (PMU-12)
 * @param batchRequests how many requests one checkpoint may contain; 256
 * @param heartbeatNanos how often primary and manager show that they live, and how long is waited
 *     for a reply before asking again; 1 ms
 * @param suspectAfterNanos after how long a silence a backup or manager takes over, more than two
 *     heartbeats; 5 ms
 * @param timeoutExponent a connection sends again after 4.096 us times two to this power, and fails
 *     after seven times, 1 to 31; 8 (1 ms)
 */
public record RdmaPmemSettings(
        BackupMode backup,
        int backups,
        int mirrors,
        StoreMode mode,
        int retainedSets,
        int fullEvery,
        boolean clearWhenRead,
        PersistMethod persist,
        Acknowledgement acknowledge,
        int regions,
        int batchRequests,
        long heartbeatNanos,
        long suspectAfterNanos,
        int timeoutExponent) {

    public static final RdmaPmemSettings DEFAULT =
            new RdmaPmemSettings(
                    BackupMode.HOT,
                    1,
                    1,
                    StoreMode.OVERWRITE,
                    4,
                    8,
                    false,
                    PersistMethod.NATIVE_FLUSH,
                    Acknowledgement.DURABLE,
                    1,
                    256,
                    1_000_000,
                    5_000_000,
                    8);

    public RdmaPmemSettings {
        check(backups, 0, 8, "backups");
        check(mirrors, 1, 2, "mirrors");
        check(retainedSets, 1, 64, "retained sets");
        check(fullEvery, 1, 64, "sets from one full set to the next");
        check(regions, 1, SetSettings.MOST_REGIONS, "regions");
        check(batchRequests, 1, 1 << 20, "requests in a batch");
        check(timeoutExponent, 1, 31, "timeout exponent");
        check(heartbeatNanos, 1_000, 60_000_000_000L, "from one heartbeat to the next");
        check(
                suspectAfterNanos,
                2 * heartbeatNanos + 1,
                3_600_000_000_000L,
                "suspectAfterNanos, more than two heartbeats");
    }

    private static void check(long value, long least, long most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + ": " + least + " to " + most + ", not " + value);
        }
    }

    /** What the units have to be. */
    PmuSettings units() {
        return new PmuSettings(
                persist, acknowledge, heartbeatNanos, suspectAfterNanos, timeoutExponent);
    }

    /** How sets lie in them. */
    SetSettings sets() {
        int holders = acknowledge == Acknowledgement.DURABLE_ON_ALL ? mirrors : 1;
        return new SetSettings(mode, retainedSets, fullEvery, regions, mirrors, holders);
    }
}
