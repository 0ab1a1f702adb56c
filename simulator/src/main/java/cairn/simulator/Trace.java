package cairn.simulator;

import cairn.model.Observer;

import org.jspecify.annotations.Nullable;

/**
 * Sees every step of a run, for those who record it: all that is observed, and the messages, work
 * requests and timers between. What it is handed is never changed afterwards, so a recorder keeps
 * references and renders text only when somebody asks.
 */
public interface Trace extends Observer {

    /** The steps that are no observations. */
    enum Step {
        SENT,
        DELIVERED,
        FIRED,
        POSTED,
        COMPLETED,
        PERSISTED,
        DISK,
        /** A fault took bytes that were not safe. */
        LOST,
        COMPUTED,
        PAUSED,
        RESUMED
    }

    /**
     * One step.
     *
     * @param node where
     * @param peer the other machine for messages, else -1
     * @param what the message, work request, completion or token
     */
    void step(long at, Step step, int node, int peer, @Nullable Object what);
}
