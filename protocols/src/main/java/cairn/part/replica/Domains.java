package cairn.part.replica;

import cairn.model.NodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * Places that can hold copies, and which of them fail together: they fall into so many domains in
 * turn.
 *
 * @param nodes those in a domain
 * @param globals storage that is in none, and that all reach (CS-7)
 * @param count how many domains there are
 */
public record Domains(List<NodeId> nodes, List<NodeId> globals, int count) {

    public Domains {
        nodes = List.copyOf(nodes);
        globals = List.copyOf(globals);
    }

    /** All that can hold copies. */
    public List<NodeId> holders() {
        List<NodeId> holders = new ArrayList<>(nodes);
        holders.addAll(globals);
        return holders;
    }

    /** The domain of one of the nodes, from zero on. */
    public int of(NodeId node) {
        return nodes.indexOf(node) % count;
    }

    /** How many nodes the largest domain has. */
    public int largest() {
        return (nodes.size() + count - 1) / count;
    }
}
