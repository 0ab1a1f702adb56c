package cairn.part.replica;

import cairn.model.NodeId;

import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who confirmed up to which question that it obeys no later term (CS-13). Whoever takes the name
 * asks one member first, so an answer that only reads must not leave before all have confirmed.
 */
final class Confirmations {

    private final NavigableMap<NodeId, Long> numbers = new TreeMap<>();
    private long asked;

    /** The number of the last question. */
    long asked() {
        return asked;
    }

    /** Asks anew; false if that was asked before. */
    boolean ask(long number) {
        boolean isNew = number > asked;
        asked = Math.max(asked, number);
        return isNew;
    }

    void confirmed(NodeId place, long number) {
        numbers.merge(place, number, Math::max);
    }

    boolean isMissing(NodeId place) {
        return numbers.getOrDefault(place, 0L) < asked;
    }

    /** Up to which question all of these confirmed. */
    long by(Set<NodeId> places) {
        long least = asked;
        for (NodeId place : places) {
            least = Math.min(least, numbers.getOrDefault(place, 0L));
        }
        return least;
    }
}
