package cairn.part.pmu;

import cairn.model.NodeId;

import java.util.List;

/**
 * What clients, units and managers say to each other. A protocol carries it in a message of its
 * own, a {@link Carrier}.
 */
public sealed interface PmuMessage {

    /** A protocol's message that carries one of these. */
    interface Carrier {
        PmuMessage carried();
    }

    /** What a manager orders of a unit, under the manager's term. */
    sealed interface Order extends PmuMessage {
        long term();
    }

    /** What a unit reports to a manager. */
    sealed interface Report extends PmuMessage {}

    /** What a client asks of the manager. */
    sealed interface Petition extends PmuMessage {
        long credential();
    }

    /** What the manager replies to a client. */
    sealed interface Reply extends PmuMessage {}

    /** A reply about access to a region. */
    sealed interface AccessReply extends Reply {}

    /** Size on the wire. */
    default int bytes() {
        return 64;
    }

    // ---- manager and unit

    /** Obey me from now on; repeated as a heartbeat. */
    record Manage(long term, long credential) implements Order {}

    /** Replaces the directory, and with it what the adapter translates. */
    record Program(long term, Directory directory) implements Order {
        @Override
        public int bytes() {
            return 64 + directory.encodedBytes();
        }
    }

    /** Lets a connection access a region. */
    record Bind(
            long term, NodeId requester, long attempt, int region, boolean writes, long leaderTerm)
            implements Order {}

    /** Ends a connection's access to a region. */
    record Unbind(long term, NodeId requester, long attempt, int region) implements Order {}

    /** Ends all access with the right to write that was given under leaders' earlier terms. */
    record Revoke(long term, long leaderTerm) implements Order {}

    record Managed(long term, Directory directory) implements Report {
        @Override
        public int bytes() {
            return 64 + directory.encodedBytes();
        }
    }

    /** A higher term was seen. */
    record Outranked(long term) implements Report {}

    /**
     * An order was carried out; it names that by what is in it.
     *
     * @param value for an order to bind, the key; to unbind, 1 if access ended by it, 0 if there
     *     was none; to revoke, one bit for each client whose access ended by it; else 0
     */
    record Obeyed(Order order, int value) implements Report {}

    /** There is no such connection, or it may not have what was asked for. */
    record NotBound(Bind order) implements Report {}

    // ---- client and unit

    /** Asks for a connection; attempts of one client are numbered, and the highest counts. */
    record Connect(long credential, long attempt, int queuePair) implements PmuMessage {}

    record Connected(long attempt, int queuePair) implements PmuMessage {}

    // ---- client and manager

    /** Let me lead after the term that I have observed; with -1, only tell me the present one. */
    record TakeOver(long credential, int incarnation, long observedTerm) implements Petition {}

    record Create(long credential, long leaderTerm, int region, long length) implements Petition {}

    record Open(long credential, long leaderTerm, long attempt, int region, boolean writes)
            implements Petition {}

    record Close(long credential, long attempt, int region) implements Petition {}

    record Delete(long credential, long leaderTerm, int region) implements Petition {}

    /** This incarnation, and no other of the place, leads. */
    record Led(long leaderTerm, int incarnation) implements Reply {}

    /** Somebody leads, or led, under a term that is not the one observed. */
    record Denied(long leaderTerm, int holder) implements Reply {}

    /**
     * A region exists.
     *
     * @param length its length, which is another one if it existed before
     */
    record Created(int region, long length) implements AccessReply {}

    /**
     * A region may be accessed.
     *
     * @param rkeys one for each unit
     */
    record Opened(long attempt, int region, List<Integer> rkeys) implements AccessReply {
        public Opened {
            rkeys = List.copyOf(rkeys);
        }
    }

    /** A unit does not know the connection, or refuses: connect anew. */
    record NotOpened(long attempt, int region) implements AccessReply {}

    record Closed(long attempt, int region) implements AccessReply {}

    record Deleted(int region) implements AccessReply {}

    // ---- among managers

    /** The active manager lives. */
    record ManagerAlive(long term) implements PmuMessage {}
}
