package cairn.protocol.segments;

import cairn.part.replica.ReplicaSettings;

/**
 * What may be chosen of segment replication. Every setting keeps its promise, but for {@link
 * Shortage#GO_ON}.
 *
 * @param ableNodes nodes that can run the application, one or more; 2
 * @param storageNodes nodes that can hold copies and not run it (CS-9), zero or more; 3
 * @param failureDomains into how many domains the nodes fall, in turn: nodes of one fail together;
 *     5
 * @param replicas how many nodes beside the application's own hold each version (CS-4), each in
 *     another domain; 1 to one less than the domains; 2
 * @param segments into how many segments the image is split; a version of all of them is one atomic
 *     group (CS-13); 1 to 64; 4
 * @param acknowledge when a node counts as holding a copy; {@link Acknowledge#DURABLE}
 * @param shortage what happens while there are too few nodes; {@link Shortage#WAIT}
 * @param loadedBy who asks for the segments on another node (CS-5); {@link Requester#APPLICATION}
 * @param globalStorage whether replicas put each version in a store that all nodes can reach
 *     (CS-7); false
 * @param batchRequests how many requests one version may contain, one or more; 256
 * @param heartbeatNanos how often the application shows that it lives; 500,000
 * @param suspectAfterNanos after how long a silence another node takes over; 3,000,000
 * @param leaveAfterNanos after how long a silence a replica counts as gone, and another node takes
 *     its part (CS-12); 5,000,000
 */
public record SegmentsSettings(
        int ableNodes,
        int storageNodes,
        int failureDomains,
        int replicas,
        int segments,
        Acknowledge acknowledge,
        Shortage shortage,
        Requester loadedBy,
        boolean globalStorage,
        int batchRequests,
        long heartbeatNanos,
        long suspectAfterNanos,
        long leaveAfterNanos) {

    private static final int MOST_SEGMENTS = 64;

    /** Two nodes that can run the application and three that cannot, two replicas on disks. */
    public static final SegmentsSettings DEFAULT =
            new SegmentsSettings(
                    2,
                    3,
                    5,
                    2,
                    4,
                    Acknowledge.DURABLE,
                    Shortage.WAIT,
                    Requester.APPLICATION,
                    false,
                    256,
                    500_000,
                    3_000_000,
                    5_000_000);

    public SegmentsSettings {
        check("ableNodes", ableNodes, 1, 16);
        check("storageNodes", storageNodes, 0, 64);
        check("failureDomains", failureDomains, 2, ableNodes + storageNodes);
        if (replicas < 1 || replicas >= failureDomains) {
            throw new IllegalArgumentException(
                    "replicas lie in other failureDomains than the application's node, so of "
                            + failureDomains
                            + " there are 1 to "
                            + (failureDomains - 1)
                            + ": "
                            + replicas);
        }
        check("segments", segments, 1, MOST_SEGMENTS);
        check("batchRequests", batchRequests, 1, Integer.MAX_VALUE);
        if (heartbeatNanos < 1
                || suspectAfterNanos <= heartbeatNanos
                || leaveAfterNanos <= heartbeatNanos) {
            throw new IllegalArgumentException(
                    "a silence is longer than the time between two heartbeats: "
                            + heartbeatNanos
                            + ", "
                            + suspectAfterNanos
                            + ", "
                            + leaveAfterNanos);
        }
    }

    private static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " lie in [" + least + ", " + most + "]: " + value);
        }
    }

    ReplicaSettings ofReplicas() {
        return new ReplicaSettings(
                replicas,
                acknowledge == Acknowledge.DURABLE,
                shortage == Shortage.GO_ON,
                heartbeatNanos,
                leaveAfterNanos);
    }

    /** How many nodes there are. */
    public int nodes() {
        return ableNodes + storageNodes;
    }
}
