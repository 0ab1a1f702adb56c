package cairn.model.service;

import cairn.model.choice.Choices;
import cairn.model.memory.Memory;

/**
 * A deterministic state machine over memory. All of its state is in the memory that it is given, so
 * whoever restores the memory restores the service.
 */
public interface Service {

    /** The name in experiment files. */
    String name();

    /** Bytes of memory that it needs. */
    long memoryBytes();

    /** Writes the initial state into zeroed memory. */
    void initialise(Memory memory);

    /** Executes an operation and returns its result. */
    long apply(Operation operation, Memory memory);

    /** The CPU time that an operation takes, in nanoseconds. */
    long costNanos(Operation operation);

    /**
     * An endless source of operations for one client, asked of the choices under names that end in
     * the client's.
     */
    OperationSource operations(String client, Choices choices);

    /** What a history of this service is judged against. */
    Specification specification();
}
