package cairn.protocol.messagelogging;

import cairn.model.Message;
import cairn.model.computation.Parcel;

import java.util.List;

/** What ranks and their coordinator say to each other. */
sealed interface MessageLoggingMessage extends Message {

    /** Type, era and epoch. */
    int HEADER_BYTES = 24;

    @Override
    default int bytes() {
        return HEADER_BYTES;
    }

    // ---- a rank to the coordinator

    /** A rank's process has started and holds nothing but what its disk holds. */
    record Started(int incarnation) implements MessageLoggingMessage {}

    /** The checkpoints on a rank's disk. */
    record Have(long era, List<Long> epochs) implements MessageLoggingMessage {
        public Have {
            epochs = List.copyOf(epochs);
        }

        @Override
        public int bytes() {
            return HEADER_BYTES + Long.BYTES * epochs.size();
        }
    }

    /** A rank is back at the line. */
    record Restored(long era) implements MessageLoggingMessage {}

    /** A rank stands still, and its cut is made. */
    record Paused(long era, long epoch) implements MessageLoggingMessage {}

    /** A rank's image is durable. */
    record Saved(long era, long epoch) implements MessageLoggingMessage {}

    // ---- the coordinator to a rank

    /** A new era begins: stop, and say which checkpoints there are. */
    record Report(long era) implements MessageLoggingMessage {}

    /** Go back to a checkpoint; zero for the beginning. */
    record Restore(long era, long epoch) implements MessageLoggingMessage {}

    /** All are back at the line: go on. */
    record Go(long era) implements MessageLoggingMessage {}

    /**
     * Stop and cut.
     *
     * @param committed the newest checkpoint that all have, which is not to be overwritten
     */
    record Pause(long era, long epoch, long committed) implements MessageLoggingMessage {}

    /** All have made their cut: go on. */
    record Resume(long era, long epoch) implements MessageLoggingMessage {}

    /** All images of a checkpoint are durable. */
    record Commit(long era, long epoch) implements MessageLoggingMessage {}

    // ---- a rank to another

    /** A message, for the first time or again. */
    record Carried(long era, Parcel parcel) implements MessageLoggingMessage {
        @Override
        public int bytes() {
            return HEADER_BYTES + parcel.bytes();
        }
    }

    /** A message has arrived, now or earlier (DJ-11). */
    record Arrived(long era, long number) implements MessageLoggingMessage {}
}
