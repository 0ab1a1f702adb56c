package cairn.cluster.group;

import org.jgroups.blocks.cs.Connection;

import java.io.DataInput;
import java.io.EOFException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The reading of one connection, by one thread at a time, which also does what each message asks
 * for. If that takes too long, another thread reads on, and the one that was away comes back to
 * nothing.
 */
final class Reading {

    /** Stands for: the reader is at the connection. */
    private static final long AT_IT = 0;

    private final DataInput in;
    private final Taking taking;
    private final Consumer<Reader> starting;
    private final Thread firstThread = Thread.currentThread();
    private final Reader first = new Reader();

    /** When the present reader left, by {@link System#nanoTime}. */
    private final AtomicLong left = new AtomicLong(AT_IT);

    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    /** Reads a message of a length. */
    interface Taking {
        void take(int length) throws Exception;
    }

    /**
     * A reading that the calling thread begins.
     *
     * @param starting starts a thread that reads on
     */
    Reading(DataInput in, Taking taking, Consumer<Reader> starting) {
        this.in = in;
        this.taking = taking;
        this.starting = starting;
    }

    /** The part of the thread that begins. */
    Reader first() {
        return first;
    }

    /** Whether the thread that began has gone, which it does with the connection. */
    boolean isOver() {
        return !firstThread.isAlive();
    }

    /** Has another thread read if the present one has been away for so long. */
    void relieve(long patienceNanos) {
        long since = left.get();
        if (since != AT_IT
                && System.nanoTime() - since > patienceNanos
                && left.compareAndSet(since, AT_IT)) {
            starting.accept(new Reader());
        }
    }

    /** A thread's part in it; used by that thread alone. */
    final class Reader {

        private boolean relieved;

        /** Does what a message asks for, while this thread does not read. */
        void leaveFor(Runnable work) {
            if (relieved) {
                work.run();
                return;
            }
            // Odd, so that it never says that the reader is at it.
            long now = System.nanoTime() | 1;
            left.set(now);
            try {
                work.run();
            } finally {
                relieved = !left.compareAndSet(now, AT_IT);
            }
        }

        /** Reads until it is relieved, or the connection ends. */
        void readOn() {
            try {
                while (!relieved) {
                    int length = in.readInt();
                    if (length == Connection.GRACEFUL_CLOSE) {
                        throw new EOFException("the peer closed the connection");
                    }
                    taking.take(length);
                }
            } catch (Exception e) {
                over.completeExceptionally(e);
            }
        }

        /**
         * Returns at once while this thread reads; otherwise with the exception that the connection
         * ends with.
         */
        void stayUntilOver() throws Exception {
            if (relieved) {
                try {
                    over.get();
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
    }
}
