package cairn.model.service;

/** The sequential behaviour of a service: one operation after another, what may each return? */
public interface Specification {

    /** The state before the first operation. */
    State start();

    /**
     * Whether any state that keeps what the service conserves could give this result; the bank
     * answers no for an audit whose total is not the initial one. A service that conserves nothing
     * answers yes.
     */
    boolean conserves(Operation operation, long result);

    /**
     * Whether two operations have the same results and lead to the same state in either order,
     * whatever the state; a service that cannot tell answers no. Two that only read always do. The
     * more it knows, the less a search for an order has to try.
     */
    default boolean commute(Operation one, Operation other) {
        return one.isReadOnly() && other.isReadOnly();
    }

    /** A state that a search walks forth and back. */
    interface State {

        /**
         * Takes an operation if it may return {@code result} here; otherwise leaves the state as it
         * is and says false.
         */
        boolean step(Operation operation, long result);

        /** Takes an operation whose result nobody saw. */
        void step(Operation operation);

        /** Takes back the last step that was not yet taken back. */
        void undo();

        /**
         * The state as an immutable value with equality, for remembering which states were visited.
         */
        Object snapshot();
    }
}
