package cairn.protocol.checkpointserver;

import cairn.model.Message;
import cairn.part.view.Pulse;
import cairn.part.view.View;

import org.jspecify.annotations.Nullable;

/** What hosts, the replica manager and the checkpoint server say to each other. */
public sealed interface CheckpointServerMessage extends Message {

    @Override
    default int bytes() {
        return 48;
    }

    /** The watchdog asks whether a host's application goes on, and says who is to do what. */
    record Poll(View view) implements CheckpointServerMessage {
        @Override
        public int bytes() {
            return 48 + 8 * view.backups().size();
        }
    }

    /** The answer. */
    record Alive(Pulse pulse) implements CheckpointServerMessage {}

    /**
     * A host is to run the application under a term, and asks for the state.
     *
     * @param heldTerm the term of the checkpoint that it holds already; zero for none
     * @param heldEpoch and its number
     */
    record Take(long term, long heldTerm, long heldEpoch) implements CheckpointServerMessage {}

    /**
     * The state to go on from.
     *
     * @param isHeld whether it is the one that the host holds
     * @param checkpoint the state otherwise; null if there never was a checkpoint
     */
    record Restored(long term, boolean isHeld, @Nullable Checkpoint checkpoint)
            implements CheckpointServerMessage {
        @Override
        public int bytes() {
            return 48 + (checkpoint == null ? 0 : checkpoint.image().size());
        }
    }

    /**
     * The primary stores a checkpoint, and so asks whether it still is the primary.
     *
     * @param round how-manieth question of this primary
     * @param checkpoint null if nothing has changed: the question alone
     */
    record Store(long term, long round, @Nullable Checkpoint checkpoint)
            implements CheckpointServerMessage {
        @Override
        public int bytes() {
            return 48 + (checkpoint == null ? 0 : checkpoint.image().size());
        }
    }

    /** It is durable, and the one who asked is the primary. */
    record Stored(long term, long round) implements CheckpointServerMessage {}

    /** The primary gives a backup its newest checkpoint. */
    record Replicate(long term, Checkpoint checkpoint) implements CheckpointServerMessage {
        @Override
        public int bytes() {
            return 48 + checkpoint.image().size();
        }
    }

    /** The backup has it. */
    record Held(long term, long checkpointTerm, long epoch) implements CheckpointServerMessage {}

    /** Another primary has taken a higher term. */
    record Fenced(long highest) implements CheckpointServerMessage {}
}
