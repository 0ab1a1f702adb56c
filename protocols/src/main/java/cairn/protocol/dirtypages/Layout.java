package cairn.protocol.dirtypages;

import cairn.model.NodeId;

/**
 * Who sits where: first the nodes, then the coordinator, then the storage node and the scheduler as
 * far as there are any.
 */
record Layout(int nodes, boolean stores, boolean schedules) {

    static Layout of(DirtyPagesSettings settings, int ranks) {
        return new Layout(
                ranks + settings.spareNodes(),
                settings.place() == Place.STORAGE_NODE,
                settings.preemptEveryNanos() > 0);
    }

    NodeId coordinator() {
        return new NodeId(nodes);
    }

    /** The node whose disk serves all. */
    NodeId storage() {
        if (!stores) {
            throw new IllegalStateException("each node has a disk of its own");
        }
        return new NodeId(nodes + 1);
    }

    boolean isStorage(NodeId place) {
        return stores && place.equals(storage());
    }

    boolean isScheduler(NodeId place) {
        return schedules && place.equals(scheduler());
    }

    NodeId scheduler() {
        return new NodeId(nodes + (stores ? 2 : 1));
    }
}
