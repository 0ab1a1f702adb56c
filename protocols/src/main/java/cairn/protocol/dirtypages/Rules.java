package cairn.protocol.dirtypages;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.memory.PagedMemory;
import cairn.part.Image;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;
import java.util.NavigableSet;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught.
 */
interface Rules {

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

    /** DJ-8: whether the disk did what it was asked. */
    default boolean succeeded(Event.OfDisk<?> answer) {
        return !(answer instanceof Event.StoreFailed<?>);
    }

    /** DJ-8: a file gets its name when its content is durable. */
    default boolean syncsBeforeNaming() {
        return true;
    }

    /** DJ-8: the image of a file, if it is whole. */
    default @Nullable Image read(int rank, byte[] content) {
        return Image.read(rank, content);
    }

    /** DJ-8: what is kept: all that the newest two committed checkpoints need. */
    default NavigableSet<Long> keeps(Archive archive, Epoch newest, Epoch before) {
        return archive.needs(newest, before);
    }

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

    /** Whoever goes back to a checkpoint has left its barrier. */
    default boolean leftBarrier() {
        return true;
    }
}
