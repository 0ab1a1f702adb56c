package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Event;
import cairn.model.NodeId;
import cairn.model.Outbox;
import cairn.part.Image;
import cairn.part.ensemble.EnsembleMessage.OfPiece;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Where a rank's images are kept, and got back from. */
public interface Vault {

    /** Whom it tells. */
    interface Owner {

        /** The era that it is in; zero before it has heard of one. */
        long era();

        /** What survived is known: {@link Vault#held}. */
        void opened(Outbox<EnsembleMessage> out);

        /** An image is safe. */
        void kept(Held held, Outbox<EnsembleMessage> out);

        /** Copies of messages that the image which was asked for, and follows, counts on. */
        void fetchedCopies(Image copies, Outbox<EnsembleMessage> out);

        /** The image that was asked for; null for the beginning. */
        void fetched(@Nullable Image image, Outbox<EnsembleMessage> out);

        /** It cannot be read. */
        void unreadable(Outbox<EnsembleMessage> out);
    }

    /** Makes a vault for its owner. */
    interface Maker {
        Vault make(Owner owner);
    }

    /** Begins to look for what survived. */
    void open(Outbox<EnsembleMessage> out);

    /** What is here. */
    List<Held> held();

    /**
     * Begins to make copies of messages safe, an image without pages, before the image of the same
     * checkpoint. They stay when that is given up, since later ones count on them too.
     */
    default void keepCopies(Image copies, Outbox<EnsembleMessage> out) {
        throw new IllegalStateException("no copies are kept here: " + copies);
    }

    /** The copies of a checkpoint are needed no longer. */
    default void dropCopies(Epoch of, Outbox<EnsembleMessage> out) {
        throw new IllegalStateException("no copies are kept here: " + of);
    }

    /** Begins to make an image safe. */
    void keep(Image image, List<Traffic> traffic, Outbox<EnsembleMessage> out);

    /**
     * Begins to get an image back, once all newer ones are gone for good: nobody may go on from
     * what the others have given up.
     */
    void fetch(Choice choice, Outbox<EnsembleMessage> out);

    /** Nobody goes back beyond a checkpoint: what is older is not needed any more. */
    void commit(Epoch epoch, Outbox<EnsembleMessage> out);

    /** The disk says something. */
    void on(Event.OfDisk<EnsembleMessage> event, Outbox<EnsembleMessage> out);

    /** Another place says something. */
    void on(NodeId origin, OfPiece message, Outbox<EnsembleMessage> out);

    /** A timer ran out that is not the owner's. */
    void fired(long timer, Outbox<EnsembleMessage> out);

    /** Time to repeat what was not answered. */
    void tick(Outbox<EnsembleMessage> out);
}
