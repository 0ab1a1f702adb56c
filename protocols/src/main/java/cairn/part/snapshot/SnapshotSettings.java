package cairn.part.snapshot;

/**
 * What may be chosen of snapshots on shared storage.
 *
 * @param overlapping how many snapshots may be unsealed at once
 * @param sectionPages pages that the transfer processor sends at a time
 * @param transferTimeoutNanos after how long without progress the transfer processor is taken for
 *     dead and started again
 * @param transferDeathProbability that the transfer processor dies at a section
 */
public record SnapshotSettings(
        int overlapping,
        int sectionPages,
        long transferTimeoutNanos,
        double transferDeathProbability) {}
