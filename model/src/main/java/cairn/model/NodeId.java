package cairn.model;

/**
 * A place in the topology: one process on one machine. Numbered from zero in the order of the
 * layout.
 */
public record NodeId(int index) implements Comparable<NodeId> {

    public NodeId {
        if (index < 0) {
            throw new IllegalArgumentException("node index must not be negative: " + index);
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return "n" + index;
    }
}
