package cairn.protocol.dirtypages;

import cairn.model.Epoch;
import cairn.part.incremental.PageRules;

import java.util.List;

/**
 * The decisions on which safety hangs, each in one place and replaceable by itself, so that a test
 * can make one of them wrongly and see it caught. Those about pages and files are {@link
 * PageRules}.
 */
interface Rules extends PageRules {

    /** The rules as they should be. */
    Rules SOUND = new Rules() {};

    /** DJ-2: stores by devices go past the protection, and are asked about. */
    default boolean mindsDevices() {
        return true;
    }

    /** A range that is mapped anew is a range that changed. */
    default boolean mindsRemaps() {
        return true;
    }

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
