package cairn.protocol.logging;

import cairn.model.Message;
import cairn.model.computation.Parcel;
import cairn.part.dependency.DependencyVector;
import cairn.part.dependency.Held;
import cairn.part.dependency.Past;

import java.util.List;

/** What ranks say to each other. A life is one run of a rank's process, or of a part of it. */
sealed interface LoggingMessage extends Message {

    /** Type and life. */
    int HEADER_BYTES = 16;

    /** What a message of the computation carries beside its content. */
    sealed interface Baggage {

        /** What it adds to the message on the wire. */
        default int bytes() {
            return 0;
        }

        /** Nothing. */
        record None() implements Baggage {}

        /** On which state of each rank the sender depended. */
        record Dependencies(DependencyVector vector) implements Baggage {
            @Override
            public int bytes() {
                return vector.bytes();
            }
        }

        /** Determinants that the sender depended on, and that too few ranks hold. */
        record Determinants(List<Held> held) implements Baggage {
            public Determinants {
                held = List.copyOf(held);
            }

            @Override
            public int bytes() {
                return held.stream().mapToInt(Held::bytes).sum();
            }
        }
    }

    /** What is said in a life of the sender, and not listened to in the next one. */
    sealed interface OfLife extends LoggingMessage {
        long life();
    }

    /** What schemes say to each other. */
    sealed interface OfScheme extends OfLife {
        @Override
        default int bytes() {
            return HEADER_BYTES + 8;
        }
    }

    /** A message of the computation, for the first time or again. */
    record Carried(long life, Parcel parcel, Baggage baggage) implements OfLife {
        @Override
        public int bytes() {
            return HEADER_BYTES + parcel.bytes() + baggage.bytes();
        }
    }

    /**
     * How far the receiver's messages of the addressee have come.
     *
     * @param upTo all up to this number have arrived
     * @param stable all up to this number will never be asked for again (DJ-10)
     * @param receipts all determinants up to this receipt of the sender's are needed no longer
     */
    record Arrived(long life, long upTo, long stable, long receipts) implements OfLife {
        @Override
        public int bytes() {
            return HEADER_BYTES + 24;
        }
    }

    /**
     * A rank begins a life.
     *
     * @param arrived how many messages of the addressee it has: those after them are to be sent
     *     again
     * @param past where its earlier lives ended
     */
    record Restored(long life, long arrived, Past past) implements LoggingMessage {
        @Override
        public int bytes() {
            return HEADER_BYTES + 8 + past.bytes();
        }
    }

    /**
     * The answer to a rank that began a life.
     *
     * @param ofLife the life that it began
     * @param lives those that the answering rank knows of, by rank, its own among them
     * @param arrived how many messages of the addressee the answering rank has
     * @param known the addressee's determinants that it holds, and those that a message to the
     *     addressee would carry
     * @param past where its own earlier lives ended
     */
    record Noted(long ofLife, List<Long> lives, long arrived, List<Held> known, Past past)
            implements LoggingMessage {
        public Noted {
            lives = List.copyOf(lives);
            known = List.copyOf(known);
        }

        @Override
        public int bytes() {
            return HEADER_BYTES
                    + 8
                    + 8 * lives.size()
                    + known.stream().mapToInt(Held::bytes).sum()
                    + past.bytes();
        }
    }

    /** Determinants to be held. */
    record Keep(long life, long batch, List<Held> held) implements OfScheme {
        public Keep {
            held = List.copyOf(held);
        }

        @Override
        public int bytes() {
            return HEADER_BYTES + 8 + held.stream().mapToInt(Held::bytes).sum();
        }
    }

    /** Determinants are held, as long as the holder lives. */
    record Kept(long life, long batch) implements OfScheme {}

    /** All arrivals of a rank up to a position are on its disk. */
    record Durable(long life, long position) implements OfScheme {}
}
