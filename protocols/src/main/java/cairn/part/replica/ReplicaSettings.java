package cairn.part.replica;

/**
 * What may be chosen of a replicated store.
 *
 * @param replicas how many nodes beside the origin hold each version, each in another domain (CS-4)
 * @param durable whether a copy counts only when it is on the disk
 * @param withFewer UNSAFE: whether a version is safe with as many replicas as can be reached
 * @param heartbeatNanos between two ticks of whoever uses it, and before a disk is asked again
 * @param leaveAfterNanos after how long a silence a replica counts as gone, and another node takes
 *     its part (CS-12)
 */
public record ReplicaSettings(
        int replicas,
        boolean durable,
        boolean withFewer,
        long heartbeatNanos,
        long leaveAfterNanos) {}
