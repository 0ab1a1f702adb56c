package cairn.protocol.restart;

import cairn.model.Message;
import cairn.model.computation.Parcel;
import cairn.part.Channels.Frame;

/** What ranks and their coordinator say to each other. */
sealed interface RestartMessage extends Message {

    /** A rank has started and has lost all it had. */
    record Started() implements RestartMessage {
        @Override
        public int bytes() {
            return 16;
        }
    }

    /** All begin again, in a new era. */
    record Begin(long era) implements RestartMessage {
        @Override
        public int bytes() {
            return 16;
        }
    }

    /** An instance of a rank is at the beginning of an era. */
    record Ready(long era, int incarnation) implements RestartMessage {
        @Override
        public int bytes() {
            return 16;
        }
    }

    /**
     * All are at the beginning of an era.
     *
     * @param incarnation the instance that was ready: the next one has no part in this era
     */
    record Go(long era, int incarnation) implements RestartMessage {
        @Override
        public int bytes() {
            return 16;
        }
    }

    /** A message of one rank to another. */
    record Carried(Frame<Parcel> frame) implements RestartMessage {
        @Override
        public int bytes() {
            return Frame.HEADER_BYTES + frame.payload().bytes();
        }
    }

    /** All frames of an era up to and with a number have arrived. */
    record Arrived(long era, long upTo) implements RestartMessage {
        @Override
        public int bytes() {
            return 16;
        }
    }
}
