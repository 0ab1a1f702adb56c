package cairn.model;

import java.util.List;
import java.util.stream.IntStream;

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

    /** So many places in a row, from a number on. */
    public static List<NodeId> run(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(NodeId::new).toList();
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
