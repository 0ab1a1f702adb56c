package cairn.model.property;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.verbs.Access;

/**
 * The highest term under which each node was granted to write. A node whose term is not the highest
 * was replaced: it may still believe and claim, without effect.
 */
final class Terms {

    private long[] terms = new long[16];
    private long highest;

    /** Takes a grant into account. */
    void on(Fact.Granted granted) {
        if (granted.rights().contains(Access.REMOTE_WRITE)) {
            int holder = granted.holder().index();
            terms = LongTable.withRoomFor(terms, holder);
            terms[holder] = Math.max(terms[holder], granted.term());
            highest = Math.max(highest, granted.term());
        }
    }

    /** The term of a node; zero if it was never granted anything. */
    long of(NodeId node) {
        return node.index() < terms.length ? terms[node.index()] : 0;
    }

    /** Whether another node was granted a higher term. */
    boolean isReplaced(NodeId node) {
        return of(node) < highest;
    }
}
