package cairn.model.property;

import cairn.model.Fact;
import cairn.model.NodeId;
import cairn.model.verbs.Access;

/**
 * The highest term under which each node was granted to write, or was given a name. A node whose
 * term is not the highest was replaced: it may still believe and claim, without effect.
 */
final class Terms {

    private long[] terms = new long[16];
    private long[] acting = new long[16];
    private long highest;

    /** Takes a grant into account. */
    void on(Fact.Granted granted) {
        if (granted.rights().contains(Access.REMOTE_WRITE)) {
            raise(granted.holder(), granted.term());
        }
    }

    /** Takes a registration into account. */
    void on(Fact.Registered registered) {
        raise(registered.holder(), registered.term());
    }

    /** A node goes on, under the newest term that it has. */
    void resumed(NodeId node) {
        acts(node, of(node));
    }

    /** A node leads under a term, which it need not have had when it resumed. */
    void leads(NodeId node, long term) {
        acts(node, term);
    }

    private void acts(NodeId node, long term) {
        acting = LongTable.withRoomFor(acting, node.index());
        acting[node.index()] = term;
    }

    /**
     * The term that a node acts under: the one under which it last resumed or led. Another one that
     * it was given since says nothing of what it does before it takes that up. Whoever needs no
     * grant to lead has no term.
     */
    long actsUnder(NodeId node) {
        return node.index() < acting.length ? Math.min(acting[node.index()], of(node)) : 0;
    }

    private void raise(NodeId holder, long term) {
        terms = LongTable.withRoomFor(terms, holder.index());
        terms[holder.index()] = Math.max(terms[holder.index()], term);
        highest = Math.max(highest, term);
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
