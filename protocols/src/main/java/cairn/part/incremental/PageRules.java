package cairn.part.incremental;

import cairn.model.memory.PagedMemory;
import cairn.part.chain.FileRules;

import java.util.BitSet;

/** The decisions about pages on which safety hangs; tests break one at a time. */
public interface PageRules extends FileRules {

    /** The rules as they should be. */
    PageRules SOUND = new PageRules() {};

    /** DJ-2: nothing is stored to any page, from the cut on, without the protocol's knowledge. */
    default void protect(PagedMemory memory, BitSet changed) {
        memory.protectAll();
    }

    /** DJ-1: the pages that changed without a fault, asked for while they can still be told. */
    default BitSet collect(PagedMemory memory) {
        return memory.collect();
    }

    /** DJ-5: whether a page whose content is not stored yet has to wait for that. */
    default boolean mustBeStoredFirst(boolean isMissing) {
        return isMissing;
    }

    /** DJ-7: what is left of the record of an interval once its image is being written. */
    default BitSet recordWhileStoring(BitSet changed) {
        return changed;
    }

    /** DJ-7: what an aborted checkpoint leaves for the next one to store. */
    default BitSet leftByAborted(BitSet changed) {
        return changed;
    }

    /** All pages that are unprotected count as changed, also those that need not have been. */
    default boolean recordsAllUnprotected() {
        return true;
    }

    /** DJ-8: older images stay until a new one is committed. */
    default boolean keepsOldWhileStoring() {
        return true;
    }
}
