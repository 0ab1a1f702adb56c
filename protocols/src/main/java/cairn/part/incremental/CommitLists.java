package cairn.part.incremental;

import cairn.model.memory.PagedMemory;

import java.util.BitSet;

/**
 * DJ-1: the pages that changed, in the interval that runs and in the one whose checkpoint is being
 * stored. The lists change places at the cut; the one of a checkpoint is cleared when that is
 * committed, and goes back to the running interval if it is not (DJ-7).
 */
final class CommitLists {

    private final PageRules rules;
    private BitSet current = new BitSet();
    private BitSet previous = new BitSet();

    CommitLists(PageRules rules) {
        this.rules = rules;
    }

    /** A page changes in the running interval. */
    void record(int first, int last) {
        current.set(first, last + 1);
    }

    /** The cut: what changed until now; from now on stores belong to the next interval. */
    BitSet swap(PagedMemory memory) {
        BitSet changed = current;
        changed.or(rules.collect(memory));
        current = new BitSet();
        rules.protect(memory, changed);
        previous = rules.recordWhileStoring((BitSet) changed.clone());
        return changed;
    }

    /** The checkpoint of the previous interval is safe. */
    void committed() {
        previous.clear();
    }

    /** The checkpoint of the previous interval will never be: its pages are as good as new. */
    void aborted() {
        current.or(rules.leftByAborted(previous));
        previous.clear();
    }
}
