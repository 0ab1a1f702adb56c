package cairn.model.verbs;

import java.util.List;

/**
 * One operation for the send queue of a reliable connection. Operations of one queue pair start in
 * the order in which they are posted; what that implies is said on each. Nothing is ordered between
 * queue pairs.
 *
 * <p>An unsignalled request completes silently when it succeeds; a failed one always produces a
 * completion. A completion implies that all earlier requests of its queue pair have finished. A
 * fenced request does not start before all earlier ones have completed. Constructors without flags
 * make signalled requests without a fence.
 */
public sealed interface WorkRequest {

    /** The caller's name for the request, returned in its completion. */
    long id();

    boolean signalled();

    boolean fence();

    /** What the completion of the request says that it was. */
    default Opcode opcode() {
        return switch (this) {
            case Send _ -> Opcode.SEND;
            case Write _ -> Opcode.WRITE;
            case WriteWithImmediate _ -> Opcode.WRITE_WITH_IMMEDIATE;
            case Read _ -> Opcode.READ;
            case CompareAndSwap _ -> Opcode.COMPARE_AND_SWAP;
            case FetchAndAdd _ -> Opcode.FETCH_AND_ADD;
            case AtomicWrite _ -> Opcode.ATOMIC_WRITE;
            case Flush _ -> Opcode.FLUSH;
        };
    }

    /** A message that consumes a receive request of the peer. */
    record Send(long id, Payload payload, boolean signalled, boolean fence) implements WorkRequest {
        public Send(long id, Payload payload) {
            this(id, payload, true, false);
        }
    }

    /**
     * Stores bytes at the peer without its processor. Success says that the peer's adapter has
     * taken the bytes, not that they are visible and not that they are durable. Writes of one queue
     * pair land in order unless the region is relaxed; the bytes of one write land in any order.
     */
    record Write(long id, Payload payload, RemoteAddress target, boolean signalled, boolean fence)
            implements WorkRequest {
        public Write(long id, Payload payload, RemoteAddress target) {
            this(id, payload, target, true, false);
        }
    }

    /**
     * A {@link Write} that also consumes a receive request and gives the peer a completion with a
     * number.
     */
    record WriteWithImmediate(
            long id,
            Payload payload,
            RemoteAddress target,
            int immediate,
            boolean signalled,
            boolean fence)
            implements WorkRequest {
        public WriteWithImmediate(long id, Payload payload, RemoteAddress target, int immediate) {
            this(id, payload, target, immediate, true, false);
        }
    }

    /**
     * Fetches as many bytes as {@code into} holds. It pushes this queue pair's earlier writes out
     * of the peer's adapter and I/O buffers first. Later requests may take effect before it unless
     * they are fenced.
     */
    record Read(
            long id, List<LocalSlice> into, RemoteAddress source, boolean signalled, boolean fence)
            implements WorkRequest {
        public Read {
            into = List.copyOf(into);
        }

        public Read(long id, LocalSlice into, RemoteAddress source) {
            this(id, List.of(into), source, true, false);
        }

        /** The number of bytes asked for. */
        public int length() {
            return LocalSlices.length(into);
        }
    }

    /**
     * Replaces eight aligned bytes when they equal {@code expected}; the value found goes to {@code
     * result}, eight local bytes. Atomic against the same adapter only, not against processors.
     */
    record CompareAndSwap(
            long id,
            RemoteAddress target,
            long expected,
            long replacement,
            LocalSlice result,
            boolean signalled,
            boolean fence)
            implements WorkRequest {
        public CompareAndSwap(
                long id, RemoteAddress target, long expected, long replacement, LocalSlice result) {
            this(id, target, expected, replacement, result, true, false);
        }
    }

    /**
     * Adds to eight aligned bytes; the value found goes to {@code result}. Atomic as {@link
     * CompareAndSwap} is.
     */
    record FetchAndAdd(
            long id,
            RemoteAddress target,
            long addend,
            LocalSlice result,
            boolean signalled,
            boolean fence)
            implements WorkRequest {
        public FetchAndAdd(long id, RemoteAddress target, long addend, LocalSlice result) {
            this(id, target, addend, result, true, false);
        }
    }

    /**
     * Stores eight aligned bytes that are never torn, after all earlier flushes of the queue pair.
     */
    record AtomicWrite(long id, RemoteAddress target, long value, boolean signalled, boolean fence)
            implements WorkRequest {
        public AtomicWrite(long id, RemoteAddress target, long value) {
            this(id, target, value, true, false);
        }
    }

    /** Completes when this queue pair's earlier writes to a range are visible, or durable. */
    record Flush(
            long id,
            RemoteAddress target,
            long length,
            FlushType type,
            FlushLevel level,
            boolean signalled,
            boolean fence)
            implements WorkRequest {
        public Flush(long id, RemoteAddress target, long length, FlushType type) {
            this(id, target, length, type, FlushLevel.RANGE, true, false);
        }
    }
}
