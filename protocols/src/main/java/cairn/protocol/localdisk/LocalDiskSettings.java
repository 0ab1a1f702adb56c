package cairn.protocol.localdisk;

/**
 * What may be chosen of checkpoints on a local disk.
 *
 * @param batchRequests how many requests one checkpoint may contain, one or more; 256
 */
public record LocalDiskSettings(int batchRequests) {

    public static final LocalDiskSettings DEFAULT = new LocalDiskSettings(256);

    public LocalDiskSettings {
        if (batchRequests < 1) {
            throw new IllegalArgumentException(
                    "a checkpoint contains one request or more: " + batchRequests);
        }
    }
}
