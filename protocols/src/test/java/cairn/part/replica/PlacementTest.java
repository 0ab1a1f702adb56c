package cairn.part.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cairn.model.NodeId;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who is to hold the copies. */
final class PlacementTest {

    private static final List<NodeId> SEVEN = NodeId.run(2, 7);

    @Test
    void cs4ReplicasAreInDifferentFailureDomainsAndNotWithTheOrigin() {
        Domains racks = new Domains(SEVEN, List.of(), 4);
        for (NodeId origin : SEVEN) {
            Set<NodeId> chosen = new Placement(racks, 3, origin, Set.of(), Set.of()).choose();
            Set<Integer> domains = new TreeSet<>();
            chosen.forEach(place -> domains.add(racks.of(place)));
            assertEquals(4, chosen.size());
            assertEquals(4, domains.size());
            assertTrue(chosen.contains(origin));
        }
        assertEquals(2, racks.largest());
    }

    private static List<NodeId> nodes(int... numbers) {
        List<NodeId> nodes = new ArrayList<>();
        for (int number : numbers) {
            nodes.add(Said.NODES.get(number - 1));
        }
        return nodes;
    }

    @Test
    void cs12WhoHoldsCopiesStaysAndWhoIsSilentIsReplaced() {
        Domains apart = new Domains(Said.NODES, List.of(), 5);
        NodeId origin = Said.NODES.getFirst();
        Set<NodeId> present = new TreeSet<>(nodes(1, 4, 5));
        assertEquals(present, new Placement(apart, 2, origin, present, Set.of()).choose());
        Set<NodeId> silent = Set.of(Said.NODES.get(3));
        assertEquals(
                new TreeSet<>(nodes(1, 2, 5)),
                new Placement(apart, 2, origin, present, silent).choose());
    }

    @Test
    void cs7TheGlobalStorageHoldsACopyTooWhileItCanBeReached() {
        Domains shared = Said.GROUP.domains();
        NodeId origin = Said.NODES.getFirst();
        Set<NodeId> chosen = new Placement(shared, 2, origin, Set.of(), Set.of()).choose();
        assertTrue(chosen.contains(Said.GLOBAL));
        assertEquals(4, chosen.size(), "beside the origin and its replicas");
        Set<NodeId> silent = Set.of(Said.GLOBAL);
        assertEquals(3, new Placement(shared, 2, origin, Set.of(), silent).choose().size());
    }
}
