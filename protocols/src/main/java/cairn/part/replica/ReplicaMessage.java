package cairn.part.replica;

import cairn.model.NodeId;

/**
 * What origins, loaders and holders say to each other. Any message may be lost, doubled and
 * overtaken. A protocol carries it in a message of its own, a {@link Carrier}.
 */
public sealed interface ReplicaMessage {

    /** A header, a kind, a term and a number. */
    int FIXED_BYTES = 32;

    /** A protocol's message that carries one of these. */
    interface Carrier {
        ReplicaMessage carried();
    }

    /** Size on the wire. */
    default int bytes() {
        return FIXED_BYTES;
    }

    /** To whoever holds copies. */
    sealed interface ToHolder extends ReplicaMessage {}

    /**
     * Store this.
     *
     * @param origin whom to answer: who has the version, not always who passed it on
     * @param base the version that a part is put on; the copy's own for a whole one
     */
    record Replicate(NodeId origin, Copy copy, long base) implements ToHolder {

        @Override
        public int bytes() {
            return FIXED_BYTES + copy.length();
        }
    }

    /** What do you hold? Obey no earlier term from now on. */
    record Probe(long term, long number) implements ToHolder {}

    /** Send a segment of a version. */
    record Read(long version, int index) implements ToHolder {}

    /** CS-7: pass a version on to the global storage. */
    record Forward(long term, long version) implements ToHolder {}

    /** To who asked about copies. */
    sealed interface FromHolder extends ReplicaMessage {}

    /**
     * What a replica holds.
     *
     * @param number of the probe that this answers; zero if it answers none
     * @param identity of what it stores on
     * @param term the newest that it obeys
     * @param version what it holds
     * @param arriving what it is about to hold; {@code version} if nothing is under way
     */
    record Holds(long number, int identity, long term, long version, long arriving)
            implements FromHolder {}

    /**
     * A segment of a version.
     *
     * @param count how many segments that version has
     */
    record Piece(long version, long former, int count, Segment segment, long checksum)
            implements FromHolder {

        @Override
        public int bytes() {
            return FIXED_BYTES + segment.length();
        }
    }
}
