package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.part.Channels.Frame;

import java.util.NavigableSet;

/** The rules that all ensembles live by; tests break one at a time. */
public interface Rules {

    /** The rules as they ought to be. */
    Rules SOUND = new Rules() {};

    /** A rank that has stopped cuts only when all have, and goes on only when all have cut. */
    default boolean waitsForAll() {
        return true;
    }

    /** Whether an answer about one checkpoint counts for the one in the making. */
    default boolean counts(Epoch said, Epoch current) {
        return said.equals(current);
    }

    /** How a frame that arrives is taken: one of another era is not. */
    default Frame<Payload> taken(Frame<Payload> frame, long era) {
        return frame;
    }

    /** A duplicate is acknowledged again (DJ-11). */
    default boolean acknowledgesDuplicates() {
        return true;
    }

    /** Of how many channels a checkpoint contains what is under way. */
    default int savedChannels(int channels) {
        return channels;
    }

    /** Where a rank goes back to: the newest checkpoint that all can recover. */
    default Epoch pick(NavigableSet<Epoch> ofRank, NavigableSet<Epoch> ofAll) {
        return ofAll.isEmpty() ? Epoch.ZERO : ofAll.last();
    }

    /** A failure during a recovery begins it anew. */
    default boolean recoversFromScratch() {
        return true;
    }

    /** The former checkpoints go when the new one is safe at all ranks. */
    default boolean discardsFormer() {
        return true;
    }

    /** The former checkpoint goes only when the new one is safe at all ranks. */
    default boolean discardsFormerFirst() {
        return false;
    }

    /** An image that turned out to be damaged is offered no more, so an older one is tried. */
    default boolean passesOverDamaged() {
        return true;
    }

    /** The search for a line goes on until no rank has received what was not sent. */
    default boolean searchesOn() {
        return true;
    }

    /** A checkpoint holds the copies of what its rank has sent. */
    default boolean savesCopies() {
        return true;
    }

    /** A checkpoint holds what has arrived and was not received, as it says (DJ-12). */
    default boolean savesArrivals() {
        return true;
    }

    /**
     * Up to which number the messages of a peer have arrived, as a rank believes after a restore
     * (DJ-12).
     *
     * @param saved what the checkpoint says
     * @param received the last one that the rank has received
     */
    default long arrived(long saved, long received) {
        return saved;
    }

    /** Outputs wait until the state behind them is safe. */
    default boolean holdsOutputs() {
        return true;
    }
}
