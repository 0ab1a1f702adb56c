package cairn.cluster.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.LongConsumer;

/**
 * Hears of stores that were stopped, one after another, on a thread of its own. That thread must
 * not store to protected pages itself: nobody would hear of it.
 */
final class FaultThread implements AutoCloseable {

    private static final int CLOSE_ON_EXEC = 0x80000;

    /** A {@code struct pollfd}: 0 descriptor, 4 what is waited for, 6 what is there. */
    private static final int POLL_BYTES = 8;

    private static final int EVENTS_AT = 4;
    private static final int REVENTS_AT = 6;
    private static final short READABLE = 1;

    private final Userfault stops;
    private final LongConsumer stopped;
    private final int end;
    private final Thread thread;

    /** Hears of the stores that a descriptor stops, by their addresses. */
    FaultThread(Userfault stops, LongConsumer stopped) {
        this.stops = stops;
        this.stopped = stopped;
        this.end = Linux.eventfd(CLOSE_ON_EXEC);
        this.thread = Thread.ofPlatform().daemon().name("page faults").start(this::listen);
    }

    private void listen() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = Userfault.message(arena);
            MemorySegment waited = arena.allocate(2 * POLL_BYTES, Integer.BYTES);
            await(waited, 0, stops.descriptor());
            await(waited, 1, end);
            while (true) {
                Linux.poll(waited, 2);
                if (waited.get(ValueLayout.JAVA_SHORT, POLL_BYTES + REVENTS_AT) != 0) {
                    return;
                }
                for (long at = stops.next(message); at >= 0; at = stops.next(message)) {
                    stopped.accept(at);
                }
            }
        }
    }

    private static void await(MemorySegment waited, int index, int descriptor) {
        waited.set(ValueLayout.JAVA_INT, (long) index * POLL_BYTES, descriptor);
        waited.set(ValueLayout.JAVA_SHORT, (long) index * POLL_BYTES + EVENTS_AT, READABLE);
    }

    /** Ends the thread; who is stopped then stays so. */
    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            Linux.write(end, arena.allocateFrom(ValueLayout.JAVA_LONG, 1));
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Linux.close(end);
    }
}
