package cairn.model.verbs;

/**
 * States of a queue pair. The send-queue-error state (SQE) is for unconnected types and does not
 * occur here.
 */
public enum QueuePairState {
    RESET,
    /** Receives may be posted; nothing is sent, and what arrives is dropped silently. */
    INIT,
    /** Ready to receive: incoming requests are served; nothing can be posted to the send queue. */
    RTR,
    /** Ready to send. */
    RTS,
    /** Send queue drained: what was started completes, what is posted waits. */
    SQD,
    /**
     * Everything outstanding and everything posted is flushed with an error; what arrives is
     * dropped.
     */
    ERR
}
