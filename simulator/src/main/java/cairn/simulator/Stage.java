package cairn.simulator;

import cairn.model.fault.Fault;
import cairn.model.service.Operation;

/** What a {@link Conductor} can do in its run. */
public interface Stage {

    /** Virtual nanoseconds since the start. */
    long now();

    /**
     * Asks to be woken at a time that has not passed, with a token; answers a ticket for {@link
     * #forget}.
     */
    long wakeAt(long nanos, long token);

    /** Takes back a wish to be woken, if it has not come. */
    void forget(long ticket);

    /**
     * Tells a client, counted from zero, to ask the service for something now. If it still waits
     * for an earlier answer, it gives that request up.
     */
    void ask(int client, Operation operation);

    /** Makes something go wrong now; false if the scenario does not admit it. */
    boolean strike(Fault fault);

    /** Heals what was struck; nothing happens if it is well. */
    void heal(Fault fault);
}
