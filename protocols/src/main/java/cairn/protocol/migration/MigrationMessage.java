package cairn.protocol.migration;

import cairn.model.Message;
import cairn.model.NodeId;
import cairn.model.computation.Parcel;
import cairn.part.Channels.Frame;
import cairn.part.transfer.Cargo;
import cairn.part.transfer.Transfer;

import java.util.List;

/**
 * What nodes and their director say to each other. All begin anew in each era. Moves and eras are
 * numbered by one counter, so what was said for a move of another era is not listened to.
 */
sealed interface MigrationMessage extends Message {

    /** Size of a message without content, in bytes. */
    int SHORT = 24;

    @Override
    default int bytes() {
        return SHORT;
    }

    // ---- beginning

    /** A node has started and has lost what it had in memory. */
    record Started(int incarnation) implements MigrationMessage {}

    /** A new era: stop. Homes are the nodes of the ranks, in order. */
    record Begin(long era, List<Integer> homes) implements MigrationMessage {
        public Begin {
            homes = List.copyOf(homes);
        }

        @Override
        public int bytes() {
            return SHORT + Integer.BYTES * homes.size();
        }
    }

    /** Nothing of another era runs at the node. */
    record Ready(long era) implements MigrationMessage {}

    /** That is so everywhere: begin. */
    record Go(long era) implements MigrationMessage {}

    // ---- a move

    /** The rank at this node is to move to another one; without progress, it may take so long. */
    record Move(long move, NodeId target, long patienceNanos) implements MigrationMessage {}

    /** The rank has come to its end, and has no use for another place. */
    record Declined(long move) implements MigrationMessage {}

    /** A part of the process, from its old place to its new one; the frame's era is the move. */
    record Shipped(Frame<Cargo<Processor>> frame) implements MigrationMessage {
        @Override
        public int bytes() {
            return Frame.HEADER_BYTES + frame.payload().bytes();
        }
    }

    /** All parts up to and with a number have arrived. */
    record Landed(long move, long upTo) implements MigrationMessage {}

    /** The process can go on at its new place, which waits for a word. */
    record Staged(long move) implements MigrationMessage {}

    /** The process is the new place's from now on: go on. */
    record Take(long move) implements MigrationMessage {}

    /** The process is no longer the old place's. */
    record Gone(long move) implements MigrationMessage {}

    /** The old place has seen no progress for a while, and asks how the move stands. */
    record Stuck(long move) implements MigrationMessage {}

    /** The process stays where it was. */
    record Abort(long move) implements MigrationMessage {}

    /** The process needs a page that is still at its old place. */
    record Demand(long move, int page) implements MigrationMessage {}

    /** All of the process is at its new place. */
    record Whole(long move) implements MigrationMessage {}

    /** Nothing of it is needed at its old place. */
    record Over(long move) implements MigrationMessage {}

    /** Where the ranks are now. */
    record Homes(long era, long version, List<Integer> homes) implements MigrationMessage {
        public Homes {
            homes = List.copyOf(homes);
        }

        @Override
        public int bytes() {
            return SHORT + Integer.BYTES * homes.size();
        }
    }

    /** The node knows these homes. */
    record Known(long era, long version) implements MigrationMessage {}

    // ---- what ranks say to each other

    /** A message of one rank to another. */
    record Carried(Frame<Parcel> frame) implements MigrationMessage {
        @Override
        public int bytes() {
            return Frame.HEADER_BYTES + frame.payload().bytes();
        }
    }

    /** All messages of a rank to another, up to and with a number, have arrived. */
    record Arrived(long era, int from, int to, long upTo) implements MigrationMessage {}

    /** What is said while a process is on its way. */
    final class OfTransfer implements Transfer.Speech<Processor, MigrationMessage> {
        @Override
        public MigrationMessage shipped(Frame<Cargo<Processor>> frame) {
            return new Shipped(frame);
        }

        @Override
        public MigrationMessage landed(long transfer, long upTo) {
            return new Landed(transfer, upTo);
        }

        @Override
        public MigrationMessage demand(long transfer, int page) {
            return new Demand(transfer, page);
        }
    }
}
