package cairn.part.ensemble;

import cairn.model.Epoch;
import cairn.model.Message;
import cairn.part.Channels.Frame;

import java.util.List;

/** What ranks, their coordinator and stores say to each other. */
public sealed interface EnsembleMessage extends Message {

    /** Most say one thing, under an era. */
    @Override
    default int bytes() {
        return 24;
    }

    // ---- going back to a line

    /** About going back together. */
    sealed interface OfRecovery extends EnsembleMessage {}

    /** A rank has started, and has lost what was not stored. */
    record Started(int incarnation) implements OfRecovery {}

    /** A new era begins: stop, and say what you hold. */
    record Gather(long era) implements OfRecovery {}

    /** What a place holds. */
    record Holding(long era, int incarnation, List<Held> held) implements OfRecovery {
        public Holding {
            held = List.copyOf(held);
        }

        @Override
        public int bytes() {
            return 24 + held.stream().mapToInt(Held::bytes).sum();
        }
    }

    /**
     * Where a rank is to go on from.
     *
     * @param incarnation the instance that said what it holds: another one has no part in this era
     */
    record Restore(long era, int incarnation, Choice choice) implements OfRecovery {
        @Override
        public int bytes() {
            return 24 + choice.bytes();
        }
    }

    /** An image is damaged, and was thrown away. */
    record Unreadable(long era) implements OfRecovery {}

    /** A rank is where it is to go on from. */
    record Ready(long era) implements OfRecovery {}

    /** All are. */
    record Go(long era) implements OfRecovery {}

    // ---- the traffic of the computation

    /** What ranks exchange. */
    sealed interface OfTransport extends EnsembleMessage {}

    /** Something goes from one rank to another. */
    record Carried(Frame<Payload> frame) implements OfTransport {
        @Override
        public int bytes() {
            return Frame.HEADER_BYTES + frame.payload().bytes();
        }
    }

    /** All frames of an era up to and with a number have arrived. */
    record Arrived(long era, long upTo) implements OfTransport {}

    // ---- taking checkpoints

    /** About a checkpoint in the making. */
    sealed interface OfRound extends EnsembleMessage {
        long era();
    }

    /** Stop, and let what you have sent arrive. */
    record Stop(long era, Epoch epoch) implements OfRound {}

    /** A rank has stopped, and all it has sent has arrived. */
    record Quiet(long era, Epoch epoch) implements OfRound {}

    /** Cut a checkpoint. */
    record Take(long era, Epoch epoch) implements OfRound {}

    /** A rank has cut. */
    record Taken(long era, Epoch epoch) implements OfRound {}

    /** All have cut: go on. */
    record Resume(long era, Epoch epoch) implements OfRound {}

    /** A rank's checkpoint is where it is safe. */
    record Kept(long era, Held held) implements OfRound {
        @Override
        public int bytes() {
            return 24 + held.bytes();
        }
    }

    /**
     * A line of checkpoints is safe, so nobody goes back beyond it.
     *
     * @param delivered as in {@link Choice}
     */
    record Commit(long era, Epoch epoch, List<Traffic> delivered) implements OfRound {
        public Commit {
            delivered = List.copyOf(delivered);
        }

        @Override
        public int bytes() {
            return 24 + Traffic.BYTES * delivered.size();
        }
    }

    // ---- pieces at other places

    /** About a piece at another place. */
    sealed interface OfPiece extends EnsembleMessage {}

    /** Keep a piece. */
    record Put(Piece piece, Content content) implements OfPiece {
        @Override
        public int bytes() {
            return 32 + content.length();
        }
    }

    /** A piece is kept, as safely as that place keeps anything. */
    record Stored(Piece piece) implements OfPiece {}

    /** Send what you have of a piece. */
    record Get(Piece piece) implements OfPiece {}

    /** A piece that was asked for. */
    record Found(Piece piece, Content content) implements OfPiece {
        @Override
        public int bytes() {
            return 32 + content.length();
        }
    }

    /** A piece that was asked for is not there, or damaged. */
    record Absent(Piece piece) implements OfPiece {}

    /** The pieces of an owner that are older than a checkpoint are no longer needed. */
    record Drop(int owner, Epoch before) implements OfPiece {}
}
