package cairn.part.replica;

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
 * @param origin who has the version first
 * @param present who holds the copies now
 * @param silent who cannot be reached
 */
public record Placement(
        Domains domains, int replicas, NodeId origin, Set<NodeId> present, Set<NodeId> silent) {

    /**
     * The best that can be done: with too few that can be reached, those that are silent are left
     * out.
     */
    public NavigableSet<NodeId> choose() {
        NavigableSet<NodeId> chosen = new TreeSet<>();
        Set<Integer> taken = new TreeSet<>();
        chosen.add(origin);
        taken.add(domains.of(origin));
        for (NodeId candidate : candidates()) {
            if (chosen.size() <= replicas && taken.add(domains.of(candidate))) {
                chosen.add(candidate);
            }
        }
        for (NodeId global : domains.globals()) {
            if (!silent.contains(global)) {
                chosen.add(global);
            }
        }
        return chosen;
    }

    /** Who can be reached and is not the origin: first who holds copies, then in turn. */
    List<NodeId> candidates() {
        List<NodeId> others = new ArrayList<>(domains.nodes());
        Collections.rotate(others, -(domains.nodes().indexOf(origin) + 1));
        others.removeIf(place -> place.equals(origin) || silent.contains(place));
        List<NodeId> candidates = new ArrayList<>(others);
        candidates.removeIf(place -> !present.contains(place));
        others.removeIf(present::contains);
        candidates.addAll(others);
        return candidates;
    }
}
