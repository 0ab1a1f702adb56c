package cairn.part;

import cairn.model.Event;
import cairn.model.Message;
import cairn.model.storage.StorageError;
import cairn.simulator.disk.Completions;

import java.util.List;

/**
 * What a disk has finished, as the events that a node is told.
 *
 * @param <M> what the node exchanges; no event of a disk holds any
 */
public interface DiskEvents<M extends Message> extends Completions {

    void tell(Event.OfDisk<M> event);

    @Override
    default void written(long token) {
        tell(new Event.Stored<>(token));
    }

    @Override
    default void synced(long token) {
        tell(new Event.Stored<>(token));
    }

    @Override
    default void fetched(long token, byte[] content) {
        tell(new Event.Fetched<>(token, content));
    }

    @Override
    default void listed(long token, List<String> names) {
        tell(new Event.Listed<>(token, names));
    }

    @Override
    default void failed(long token, StorageError error) {
        tell(new Event.StoreFailed<>(token, error));
    }
}
