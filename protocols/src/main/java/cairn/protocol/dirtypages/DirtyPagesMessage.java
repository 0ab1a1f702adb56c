package cairn.protocol.dirtypages;

import cairn.model.Epoch;
import cairn.model.Message;
import cairn.model.computation.Parcel;
import cairn.part.Channels.Frame;
import cairn.part.remote.Errand;

import java.util.List;

/**
 * What nodes, their coordinator and the storage node say to each other. An era begins when ranks go
 * back to a line of checkpoints; what was said in another era is not listened to.
 */
sealed interface DirtyPagesMessage extends Message {

    /** Size of a message without content, in bytes. */
    int SHORT = 24;

    @Override
    default int bytes() {
        return SHORT;
    }

    /** A place has started and has lost what it had in memory. */
    record Started(int incarnation) implements DirtyPagesMessage {}

    /** The node lives, and may be busy. */
    record Alive() implements DirtyPagesMessage {}

    // ---- going back

    /**
     * A new era: stop, and say what can be restored. Homes are the nodes of the ranks, in order.
     *
     * @param incarnation of the place, as far as the coordinator knows: one that has started anew
     *     since says so, so that no two lives of a place have a part in one era
     */
    record Gather(long era, int incarnation, List<Integer> homes) implements DirtyPagesMessage {
        public Gather {
            homes = List.copyOf(homes);
        }

        @Override
        public int bytes() {
            return SHORT + Integer.BYTES * homes.size();
        }
    }

    /** The place has stopped, and these checkpoints of its rank are whole. */
    record Have(long era, List<Epoch> epochs) implements DirtyPagesMessage {
        public Have {
            epochs = List.copyOf(epochs);
        }

        @Override
        public int bytes() {
            return SHORT + Long.BYTES * epochs.size();
        }
    }

    /** Go back to a checkpoint, or with {@link Epoch#ZERO} to the beginning. */
    record Restore(long era, Epoch line) implements DirtyPagesMessage {}

    /** The rank is where it was told to go back to. */
    record Restored(long era) implements DirtyPagesMessage {}

    /** All ranks are on the line: go on from there. */
    record Go(long era) implements DirtyPagesMessage {}

    // ---- a checkpoint

    /** Take a checkpoint. Of those before it, this one was the last that was committed. */
    record Take(long era, Epoch epoch, Epoch committed) implements DirtyPagesMessage {}

    /** The rank has stopped, and all that it sent has arrived. */
    record Drained(long era, Epoch epoch) implements DirtyPagesMessage {}

    /** All have stopped, and nothing is under way: cut. */
    record Cut(long era, Epoch epoch) implements DirtyPagesMessage {}

    /**
     * The rank's memory is protected: it enters the barrier (DJ-4). If it had come to its end, it
     * says so.
     */
    record Armed(long era, Epoch epoch, boolean finished) implements DirtyPagesMessage {}

    /** All are armed: leave the barrier. */
    record Resume(long era, Epoch epoch) implements DirtyPagesMessage {}

    /** The rank's image is complete and durable. */
    record Stored(long era, Epoch epoch) implements DirtyPagesMessage {}

    /** The rank's image could not be stored. */
    record Failed(long era, Epoch epoch) implements DirtyPagesMessage {}

    /** All images are durable: records may be cleared, and older images given up. */
    record Commit(long era, Epoch epoch) implements DirtyPagesMessage {}

    /** One image is missing: forget the checkpoint. */
    record Abort(long era, Epoch epoch) implements DirtyPagesMessage {}

    // ---- preemption

    /** The scheduler wants the nodes; it says so until the computation is halted. */
    record Preempt(long request) implements DirtyPagesMessage {}

    /** The scheduler lets the computation run, or run again; it says so as long as that is so. */
    record Release(long request) implements DirtyPagesMessage {}

    /** All is in a committed checkpoint, and nothing runs (DJ-13). */
    record Halted(long request) implements DirtyPagesMessage {}

    /** The computation runs, as the scheduler lets it. */
    record Runs(long request) implements DirtyPagesMessage {}

    /** The node is another computation's, whose messages are of another era (DJ-14). */
    record Lend(long era, long tenantEra) implements DirtyPagesMessage {}

    // ---- what is carried

    /** A message of one rank to another. */
    record Carried(Frame<Parcel> frame) implements DirtyPagesMessage {
        @Override
        public int bytes() {
            return Frame.HEADER_BYTES + frame.payload().bytes();
        }
    }

    /** All frames between ranks, of an era, up to and with a number have arrived. */
    record Arrived(long era, long upTo) implements DirtyPagesMessage {}

    /** Something for the storage node, or from it. */
    record Ferried(Frame<Errand> frame) implements DirtyPagesMessage {
        @Override
        public int bytes() {
            return Frame.HEADER_BYTES + frame.payload().bytes();
        }
    }

    /** All errands of an era up to and with a number have arrived. */
    record Landed(long era, long upTo) implements DirtyPagesMessage {}
}
