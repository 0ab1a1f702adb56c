package cairn.simulator;

import cairn.model.Event;
import cairn.model.Message;

/** How the devices of a machine act for its process. */
interface Effects<M extends Message> {

    /**
     * Does something when all that the process asked for before is done, unless it has crashed by
     * then.
     */
    void run(Runnable action);

    /** Does something for the process after a delay, when it runs then. */
    void after(long delayNanos, Runnable action);

    /** Occupies the process. */
    void spend(long nanos);

    /**
     * Hands an event to the process that runs now, after a delay; one that was started later never
     * learns of it.
     */
    void arrive(long delayNanos, Event<M> event);
}
