package cairn.protocol.dirtypages;

import cairn.model.Epoch;
import cairn.model.memory.PagedMemory;
import cairn.part.chain.FileRules;

import java.util.BitSet;
import java.util.List;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught. Those about files are {@link FileRules}.
 */
interface Rules extends FileRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    // ---- pages

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

    /** DJ-2: stores by devices go past the protection, and are asked about. */
    default boolean mindsDevices() {
        return true;
    }

    /** A range that is mapped anew is a range that changed. */
    default boolean mindsRemaps() {
        return true;
    }

    /** All pages that are unprotected count as changed, also those that need not have been. */
    default boolean recordsAllUnprotected() {
        return true;
    }

    // ---- files

    /** DJ-8: older images stay until a new one is committed. */
    default boolean keepsOldWhileStoring() {
        return true;
    }

    // ---- ranks together

    /** DJ-4: a rank that is armed waits until all are. */
    default boolean waitsAtBarrier() {
        return true;
    }

    /** DJ-4: only who is armed for this checkpoint counts. */
    default boolean isArmedFor(Epoch armed, Epoch epoch) {
        return armed.equals(epoch);
    }

    /** Of how many peers the messages that were not acknowledged are saved: of all. */
    default int savedPeers(int ranks) {
        return ranks;
    }

    /** DJ-14: a message of another era is another computation's, or of a past that is over. */
    default boolean isForUs(long eraOfMessage, long era) {
        return eraOfMessage == era;
    }

    /** DJ-15: who takes up a rank of another node goes back to the line, whatever it finds. */
    default Epoch takenUpAt(Epoch line, List<Epoch> found) {
        return line;
    }

    /** Whoever goes back to a checkpoint has left its barrier. */
    default boolean leftBarrier() {
        return true;
    }
}
