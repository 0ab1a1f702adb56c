package cairn.fault.strategy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What may survive the faults of a run piece by piece, and the subsets that are still to be tried.
 */
final class Survivals {

    private final List<Order> before;
    private final List<Question> questions = new ArrayList<>();
    private final ArrayDeque<BitSet> subsets = new ArrayDeque<>();

    /** The pieces that a run was asked about. */
    Survivals(List<Order> before, List<Question> asked) {
        this.before = before;
        int granules = 0;
        for (Question question : asked) {
            if (question.granules() > 0) {
                questions.add(question);
                granules += question.granules();
            }
        }
        if (granules > 0) {
            subsets.addAll(Subsets.of(granules));
        }
    }

    boolean isEmpty() {
        return subsets.isEmpty();
    }

    int left() {
        return subsets.size();
    }

    /** The orders for the next subset. */
    List<Order> next() {
        BitSet subset = subsets.remove();
        List<Order> orders = new ArrayList<>(before);
        int place = 0;
        for (Question question : questions) {
            long value = 0;
            for (int i = 0; i < question.granules(); i++) {
                value |= subset.get(place++) ? 1L << i : 0;
            }
            orders.add(Order.answer(question.choice(), question.count(), value));
        }
        return orders;
    }

    /** The same orders, but of all that may survive each piece is asked by itself. */
    static List<Order> pieceByPiece(List<Order> orders, List<Question> asked) {
        List<Order> extended = new ArrayList<>(orders);
        for (Question question : asked) {
            if (question.isExtent()) {
                extended.add(
                        Order.answer(question.choice(), question.count(), Question.EXTENTS - 1));
            }
        }
        return extended;
    }
}
