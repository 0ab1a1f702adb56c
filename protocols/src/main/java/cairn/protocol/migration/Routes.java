package cairn.protocol.migration;

import cairn.model.NodeId;

import java.util.ArrayList;
import java.util.List;

/** Where the ranks are, as far as a node knows; what goes astray is sent on by where they were. */
final class Routes {

    private final List<Integer> homes = new ArrayList<>();
    private long version;

    /** A new era begins, with these nodes of the ranks, in order. */
    void begin(List<Integer> first) {
        homes.clear();
        homes.addAll(first);
        version = 0;
    }

    /** Takes up what is newer than what is known. */
    void learn(long newer, List<Integer> all) {
        if (newer > version) {
            version = newer;
            homes.clear();
            homes.addAll(all);
        }
    }

    void moved(int rank, NodeId to) {
        homes.set(rank, to.index());
    }

    NodeId home(int rank) {
        return new NodeId(homes.get(rank));
    }

    /** The rank whose home a node is, or -1. */
    int rankAt(NodeId node) {
        return homes.indexOf(node.index());
    }
}
