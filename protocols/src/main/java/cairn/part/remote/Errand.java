package cairn.part.remote;

import cairn.model.Event;
import cairn.model.Message;
import cairn.model.storage.StorageError;

import java.util.List;

/** What a node asks of a disk that is another one's, and what that tells it. */
public sealed interface Errand {

    /** The node's own token, which comes back. */
    long token();

    /** Size on the wire in bytes. */
    default int bytes() {
        return 64;
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Write(long token, String file, long offset, byte[] content) implements Errand {
        @Override
        public int bytes() {
            return 64 + content.length;
        }

        @Override
        public String toString() {
            return "Write[" + file + " at " + offset + ", " + content.length + " B]";
        }
    }

    record Sync(long token, String file) implements Errand {}

    record Rename(long token, String from, String to) implements Errand {}

    record Delete(long token, String file) implements Errand {}

    record SyncDirectory(long token) implements Errand {}

    record Read(long token, String file) implements Errand {}

    record ListNames(long token) implements Errand {}

    record Done(long token) implements Errand {}

    @SuppressWarnings("ArrayRecordComponent")
    record Content(long token, byte[] content) implements Errand {
        @Override
        public int bytes() {
            return 64 + content.length;
        }

        @Override
        public String toString() {
            return "Content[" + content.length + " B]";
        }
    }

    record Names(long token, List<String> names) implements Errand {
        public Names {
            names = List.copyOf(names);
        }

        @Override
        public int bytes() {
            return 64 + 32 * names.size();
        }
    }

    record Refused(long token, StorageError error) implements Errand {}

    /** An answer of that disk, under the token of the node that asked. */
    static Errand answer(long token, Event.OfDisk<?> answer) {
        return switch (answer) {
            case Event.Stored<?> _ -> new Done(token);
            case Event.Fetched<?>(long _, byte[] content) -> new Content(token, content);
            case Event.Listed<?>(long _, List<String> names) -> new Names(token, names);
            case Event.StoreFailed<?>(long _, StorageError error) -> new Refused(token, error);
        };
    }

    /** The same for the node that asked. */
    default <M extends Message> Event.OfDisk<M> toAnswer() {
        return switch (this) {
            case Done(long token) -> new Event.Stored<>(token);
            case Content(long token, byte[] content) -> new Event.Fetched<>(token, content);
            case Names(long token, List<String> names) -> new Event.Listed<>(token, names);
            case Refused(long token, StorageError error) -> new Event.StoreFailed<>(token, error);
            case Write _, Sync _, Rename _, Delete _, SyncDirectory _, Read _, ListNames _ ->
                    throw new IllegalStateException("not an answer: " + this);
        };
    }
}
