package cairn.part.replica;

import cairn.model.CpuCosts;
import cairn.model.Message;
import cairn.model.Node;
import cairn.model.NodeId;
import cairn.model.Outbox;

import java.util.function.Function;

/**
 * What everybody knows of a replicated store.
 *
 * @param name of the group whose versions it holds
 * @param wire makes a message of what is said
 * @param <M> the messages of the protocol, of which some are {@link ReplicaMessage.Carrier}s
 */
public record Replicas<M extends Message>(
        ReplicaSettings settings,
        Domains domains,
        String name,
        CpuCosts costs,
        ReplicaRules rules,
        Function<ReplicaMessage, M> wire) {

    /** Versions are numbered term by term. */
    public static final long VERSIONS_PER_TERM = 100_000_000;

    /** After so many times the silence after which a replica counts as gone it is replaced. */
    public static final long RESTORED_AFTER = 20;

    /** The node of a global storage (CS-7). */
    public Node<M> globalStorage(NodeId place) {
        return new GlobalStorage<>(this, place);
    }

    void send(NodeId to, ReplicaMessage message, Outbox<M> out) {
        out.send(to, wire.apply(message));
    }
}
