package cairn.protocol.segments;

import cairn.model.NodeId;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses who is to hold the copies: the origin, so many replicas on other nodes, all in different
 * failure domains, and the global storage if there is one (CS-3, CS-4, CS-7, CS-12). Who holds them
 * already stays if it can be reached.
 *
 * @param origin the service of the application's node
 * @param present who holds the copies now
 * @param silent who cannot be reached
 */
record Placement(
        Topology topology, int replicas, NodeId origin, Set<NodeId> present, Set<NodeId> silent) {

    /**
     * The best that can be done: with too few that can be reached, those that are silent are left
     * out.
     */
    NavigableSet<NodeId> choose() {
        NavigableSet<NodeId> chosen = new TreeSet<>();
        Set<Integer> domains = new TreeSet<>();
        chosen.add(origin);
        domains.add(topology.domain(origin));
        for (NodeId candidate : candidates()) {
            if (chosen.size() <= replicas && domains.add(topology.domain(candidate))) {
                chosen.add(candidate);
            }
        }
        for (NodeId global : topology.globals()) {
            if (!silent.contains(global)) {
                chosen.add(global);
            }
        }
        return chosen;
    }

    /** Who can be reached and is not the origin: first who holds copies, then in turn. */
    List<NodeId> candidates() {
        List<NodeId> others = new ArrayList<>(topology.services());
        Collections.rotate(others, -(topology.services().indexOf(origin) + 1));
        others.removeIf(place -> place.equals(origin) || silent.contains(place));
        List<NodeId> candidates = new ArrayList<>(others);
        candidates.removeIf(place -> !present.contains(place));
        others.removeIf(present::contains);
        candidates.addAll(others);
        return candidates;
    }
}
