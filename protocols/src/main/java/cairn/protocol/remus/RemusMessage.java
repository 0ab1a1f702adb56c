package cairn.protocol.remus;

import cairn.model.Message;
import cairn.part.Image;

/** What the two machines say to each other. */
public sealed interface RemusMessage extends Message {

    /** What a machine is. */
    enum Role {
        /** It has no state of the application. */
        EMPTY,
        /** It has the application as of some epoch. */
        BACKUP,
        /** It runs the application. */
        PRIMARY
    }

    @Override
    default int bytes() {
        return 40;
    }

    /**
     * A sign of life.
     *
     * @param incarnation of the sender
     * @param echo the newest incarnation of the receiver that the sender has heard of; -1 for none
     * @param term the term of what it has; zero if it has nothing
     */
    record Hello(int incarnation, int echo, Role role, long term) implements RemusMessage {}

    /**
     * An epoch.
     *
     * @param acknowledged the newest epoch that the sender knows the receiver to have
     */
    record Checkpoint(long term, long acknowledged, Image image) implements RemusMessage {
        @Override
        public int bytes() {
            return 40 + image.size();
        }
    }

    /** The backup has an epoch, whole. */
    record Acknowledgement(long term, long epoch) implements RemusMessage {}
}
