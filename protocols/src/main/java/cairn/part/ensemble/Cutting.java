package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Outbox;
import cairn.model.computation.Parcel;
import cairn.part.ensemble.EnsembleMessage.OfRound;

import java.util.List;

/** How a rank takes its part in checkpoints. */
public interface Cutting {

    /** Makes the part of a rank. */
    interface Maker {
        Cutting make(Member member);
    }

    /** The rank goes on in a new era, from a checkpoint. */
    void begin(Choice from, Outbox<EnsembleMessage> out);

    /** The coordinator says something, in this era. */
    void on(OfRound message, Outbox<EnsembleMessage> out);

    /** Something arrived through the channel from a peer. */
    void arrived(int peer, Payload payload, Outbox<EnsembleMessage> out);

    /** The colour of messages that are sent now. */
    default Epoch colour() {
        return Epoch.ZERO;
    }

    /** The rank sends a message. */
    default void sent(Parcel parcel) {}

    /** Whether what arrives while the rank stands still is put off, unacknowledged. */
    default boolean putsOffArrivals() {
        return false;
    }

    /** Copies of what was sent before a checkpoint; the image that counts on them follows. */
    default void restoredCopies(Epoch epoch, List<Parcel> copies) {
        throw new IllegalStateException("no copies are kept");
    }

    /** A restored image held this beside the memory. */
    void restored(SavedState state, Outbox<EnsembleMessage> out);

    /** Some of what was sent has arrived. */
    default void acknowledged(Outbox<EnsembleMessage> out) {}

    /** The timer of checkpoints ran out. */
    default void fired(Outbox<EnsembleMessage> out) {}

    /** Time to repeat what was not answered. */
    default void tick(Outbox<EnsembleMessage> out) {}
}
