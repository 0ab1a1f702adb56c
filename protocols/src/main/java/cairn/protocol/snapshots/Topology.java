package cairn.protocol.snapshots;

import cairn.model.NodeId;

import java.util.List;

/**
 * Two computers, each with an instance of the application and a daemon, and the storage that both
 * reach. Terms are numbered so that those of the first computer are odd.
 */
final class Topology {

    static final List<NodeId> INSTANCES = List.of(new NodeId(0), new NodeId(1));
    static final List<NodeId> DAEMONS = List.of(new NodeId(2), new NodeId(3));
    static final NodeId STORAGE = new NodeId(4);
    static final int PLACES = 5;

    private Topology() {}

    /** Which computer a place is on, 0 or 1; the storage is on neither. */
    static int computer(NodeId place) {
        return place.index() % 2;
    }

    /** Which computer leads under a term; before the first one the second, so the first begins. */
    static int computer(long term) {
        return term % 2 == 1 ? 0 : 1;
    }

    /** The first term of a computer after all that it knows. */
    static long nextTerm(int computer, long highest) {
        return computer(highest + 1) == computer ? highest + 1 : highest + 2;
    }
}
