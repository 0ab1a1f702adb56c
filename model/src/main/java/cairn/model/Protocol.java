package cairn.model;

import java.util.List;

/** A checkpoint and recovery protocol: how its roles are laid out, and what it promises. */
public interface Protocol<M extends Message> {

    /** The name in experiment files, such as {@code rdma-pmem}. */
    String name();

    /** The places of the protocol; the index of a seat is the index of its {@link NodeId}. */
    List<Seat> seats();

    /** A new object for a place: at the start, and after each crash. */
    Node<M> node(NodeId place);

    /** What may be relied on; the oracle checks exactly this. */
    Promise promise();

    /**
     * The places at which a client may find the service, the first to try first; empty if nothing
     * is served.
     */
    default List<NodeId> servers() {
        return List.of();
    }
}
