package cairn.part;

import cairn.model.Event;
import cairn.model.Message;
import cairn.model.Outbox;
import cairn.model.storage.StorageError;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What to do when operations of the disk are done, by their tokens: for a node that has several of
 * them under way.
 */
public final class DiskCalls<M extends Message> {

    private final NavigableMap<Long, Call<M>> open = new TreeMap<>();
    private long nextToken;

    private record Call<M extends Message>(
            BiConsumer<byte[], Outbox<M>> fetched,
            BiConsumer<List<String>, Outbox<M>> listed,
            Consumer<Outbox<M>> stored,
            BiConsumer<StorageError, Outbox<M>> failed) {}

    /** Calls with tokens from {@code firstToken} on, all of which are theirs. */
    public DiskCalls(long firstToken) {
        this.nextToken = firstToken;
    }

    /** The token of a write, sync, renaming or deletion. */
    public long stored(Consumer<Outbox<M>> then, BiConsumer<StorageError, Outbox<M>> failed) {
        return token(new Call<>((_, _) -> never(), (_, _) -> never(), then, failed));
    }

    /** The token of a read. */
    public long fetched(
            BiConsumer<byte[], Outbox<M>> then, BiConsumer<StorageError, Outbox<M>> failed) {
        return token(new Call<>(then, (_, _) -> never(), _ -> never(), failed));
    }

    /** The token of a look at the directory. */
    public long listed(
            BiConsumer<List<String>, Outbox<M>> then, BiConsumer<StorageError, Outbox<M>> failed) {
        return token(new Call<>((_, _) -> never(), then, _ -> never(), failed));
    }

    private static void never() {
        throw new IllegalStateException("the disk answered another question");
    }

    private long token(Call<M> call) {
        open.put(nextToken, call);
        return nextToken++;
    }

    /** Goes on after an operation; its token must be one of these calls. */
    public void on(Event.OfDisk<M> event, Outbox<M> out) {
        Call<M> call = open.remove(event.token());
        if (call == null) {
            throw new IllegalArgumentException("nobody asked for this: " + event);
        }
        switch (event) {
            case Event.Stored<M> _ -> call.stored.accept(out);
            case Event.Fetched<M>(long _, byte[] content) -> call.fetched.accept(content, out);
            case Event.Listed<M>(long _, List<String> names) -> call.listed.accept(names, out);
            case Event.StoreFailed<M>(long _, StorageError error) -> call.failed.accept(error, out);
        }
    }
}
