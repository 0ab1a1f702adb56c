package cairn.part.snapshot;

import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;

import java.util.function.Function;

/**
 * What writers and the storage have to know.
 *
 * @param storage its place
 * @param snapshotBytes how large a memory is
 * @param wire makes a message of what is said
 * @param <M> the messages of the protocol, of which some are {@link StorageMessage.Carrier}s
 */
public record SnapshotStore<M extends Message>(
        SnapshotSettings settings,
        NodeId storage,
        long snapshotBytes,
        CpuCosts costs,
        SnapshotRules rules,
        Function<StorageMessage, M> wire) {

    /** The node of the storage. */
    public Node<M> node() {
        return new Storage<>(this);
    }

    /** Sends something to the storage. */
    public void send(StorageMessage.ToStorage message, Outbox<M> out) {
        out.send(storage, wire.apply(message));
    }

    void send(NodeId to, StorageMessage.ToWriter message, Outbox<M> out) {
        out.send(to, wire.apply(message));
    }
}
