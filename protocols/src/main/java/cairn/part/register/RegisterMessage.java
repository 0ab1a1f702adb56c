package cairn.part.register;

import org.jspecify.annotations.Nullable;

/**
 * What voters say to each other about a register. A protocol carries it in a message of its own.
 *
 * @param <V> what the register holds
 */
public sealed interface RegisterMessage<V> {

    /** The round that this belongs to; unique for each round of each voter. */
    long ballot();

    /** What the register holds, or is to hold, in messages that say so. */
    default @Nullable V value() {
        return null;
    }

    /** Take part in no earlier round, and say what you last accepted. */
    record Prepare<V>(long ballot) implements RegisterMessage<V> {}

    /** It takes part. */
    record Promised<V>(long ballot, int identity, long acceptedBallot, V value)
            implements RegisterMessage<V> {}

    /** It lost what it knew, and has no voice for now. */
    record Blank<V>(long ballot) implements RegisterMessage<V> {}

    /** Accept this, if you are still who promised. */
    record Accept<V>(long ballot, int identity, V value) implements RegisterMessage<V> {}

    /** It accepted. */
    record Accepted<V>(long ballot, int identity) implements RegisterMessage<V> {}

    /** It takes part in a later round. */
    record Rejected<V>(long ballot, long promised) implements RegisterMessage<V> {}
}
