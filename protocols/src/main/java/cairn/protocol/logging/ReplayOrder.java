package cairn.protocol.logging;

import cairn.part.dependency.Determinant;

import org.jspecify.annotations.Nullable;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a rank received after its checkpoint, in an earlier life, as far as the others know: it
 * receives the same again, in the same order, before anything new.
 */
final class ReplayOrder {

    private final NavigableMap<Long, Determinant> known = new TreeMap<>();

    /** Another rank knows what a receipt was; of two lives the later one stands. False if not. */
    boolean learns(Determinant own) {
        Determinant other = known.get(own.receipt());
        if (other != null && other.life() > own.life()) {
            return false;
        }
        known.put(own.receipt(), own);
        return true;
    }

    /**
     * Forgets the receipts that nobody depends on: those whose predecessor nobody knows, and those
     * of an earlier life than their predecessor, since the later life went another way before them.
     *
     * @param received how many receipts there are already
     * @param newestLife the life in which the last of them was first what it is
     * @return the last receipt that is received again; {@code received} if there is none
     */
    long cut(long received, long newestLife) {
        long last = received;
        long life = newestLife;
        Determinant next = known.get(last + 1);
        while (next != null && next.life() >= life) {
            life = next.life();
            last++;
            next = known.get(last + 1);
        }
        known.tailMap(last, false).clear();
        return last;
    }

    /** What a receipt is to be; {@code null} if it may be anything. */
    @Nullable Determinant of(long receipt) {
        return known.get(receipt);
    }

    /** A receipt has taken place again. */
    void done(long receipt) {
        known.remove(receipt);
    }

    /** Whether nothing is to be received again. */
    boolean isOver() {
        return known.isEmpty();
    }

    void clear() {
        known.clear();
    }
}
