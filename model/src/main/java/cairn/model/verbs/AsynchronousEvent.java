package cairn.model.verbs;

/** What an adapter reports beside completions. */
public enum AsynchronousEvent {
    /**
     * A completion queue overran; it is unusable, and its queue pairs fail. The handle is the
     * completion queue.
     */
    COMPLETION_QUEUE_ERROR,
    /** A peer's bad request put a queue pair into the error state. The handle is the queue pair. */
    QUEUE_PAIR_ACCESS_ERROR
}
