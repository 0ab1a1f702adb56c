package cairn.fault.strategy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What may survive the faults of a run piece by piece, and the subsets that are still to be tried.
 */
final class Survivals {

    private final List<Order> before;
    private final List<Piece> pieces = new ArrayList<>();
    private final int granules;
    private List<BitSet> subsets = List.of();
    private int tried;

    /** A question that decides on so many granules. */
    private record Piece(String choice, long count, int granules) {}

    /** The pieces that a run was asked about. */
    Survivals(List<Order> before, List<Question> asked) {
        this.before = before;
        for (Question question : asked) {
            if (question.granules() > 0) {
                pieces.add(new Piece(question.choice(), question.count(), question.granules()));
            }
        }
        granules = pieces.stream().mapToInt(Piece::granules).sum();
    }

    /** Goes on from a line that was written. */
    Survivals(Cells cells) {
        before = cells.orders();
        tried = cells.size();
        for (int left = cells.size(); left > 0; left--) {
            pieces.add(new Piece(cells.next(), cells.number(), cells.size()));
        }
        granules = pieces.stream().mapToInt(Piece::granules).sum();
    }

    void write(Cells cells) {
        cells.with(before).with(tried).with(pieces.size());
        pieces.forEach(piece -> cells.with(piece.choice).with(piece.count).with(piece.granules));
    }

    boolean isEmpty() {
        return granules == 0 || tried == Subsets.count(granules);
    }

    /** The orders for the next subset. */
    List<Order> next() {
        if (subsets.isEmpty()) {
            // They are many, and the same whenever they are made: only when their turn has come.
            subsets = Subsets.of(granules);
        }
        BitSet subset = subsets.get(tried++);
        List<Order> orders = new ArrayList<>(before);
        int place = 0;
        for (Piece piece : pieces) {
            long value = 0;
            for (int i = 0; i < piece.granules; i++) {
                value |= subset.get(place++) ? 1L << i : 0;
            }
            orders.add(Order.answer(piece.choice, piece.count, value));
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
