package cairn.virtual.boot;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Monitors in place of the JVM's own, for rewritten code.
 *
 * <p>The JVM wakes a virtual thread that waits for a monitor from a platform thread of its own, in
 * real time and in an order of its own; these hand a monitor on to the one that has waited longest.
 * They work for threads outside a virtual world, too, since classes may be initialised there; the
 * guard of the table is never contended by the threads of a world, of which one runs at a time.
 */
public final class Monitors {

    private static final Object GUARD = new Object();
    private static final IdentityHashMap<Object, Monitor> MONITORS = new IdentityHashMap<>();

    /** The monitor of one object, as long as it is owned or waited for. */
    private static final class Monitor {
        private @Nullable Thread owner;
        private int depth;
        private final Deque<Thread> entering = new ArrayDeque<>(0);
        private final Deque<Waiter> waiting = new ArrayDeque<>(0);
    }

    private static final class Waiter {
        private final Thread thread;
        private volatile boolean notified;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }

    private Monitors() {}

    /** Forgets those that threads of a world that ended still owned. */
    static void clear() {
        synchronized (GUARD) {
            MONITORS.clear();
        }
    }

    /** In place of the beginning of a synchronized block or method. */
    public static void enter(Object object) {
        enter(object, 1);
    }

    private static void enter(Object object, int depth) {
        Thread current = Thread.currentThread();
        Monitor monitor;
        synchronized (GUARD) {
            monitor = MONITORS.computeIfAbsent(object, _ -> new Monitor());
            if (monitor.owner == null || current.equals(monitor.owner)) {
                monitor.owner = current;
                monitor.depth += depth;
                return;
            }
            monitor.entering.add(current);
        }
        boolean interrupted = false;
        // Whoever leaves makes the first in the queue the owner.
        while (!owns(monitor, current)) {
            LockSupport.park(monitor);
            interrupted |= Thread.interrupted();
        }
        monitor.depth = depth;
        if (interrupted) {
            current.interrupt();
        }
    }

    private static boolean owns(Monitor monitor, Thread thread) {
        synchronized (GUARD) {
            return thread.equals(monitor.owner);
        }
    }

    /** In place of the end of a synchronized block or method. */
    public static void exit(Object object) {
        synchronized (GUARD) {
            Monitor monitor = owned(object);
            monitor.depth--;
            if (monitor.depth == 0) {
                release(object, monitor);
            }
        }
    }

    private static void release(Object object, Monitor monitor) {
        Thread next = monitor.entering.poll();
        monitor.owner = next;
        if (next != null) {
            LockSupport.unpark(next);
        } else if (monitor.waiting.isEmpty()) {
            MONITORS.remove(object);
        }
    }

    /** In place of {@link Object#wait()}. */
    public static void await(Object object) throws InterruptedException {
        await(object, 0);
    }

    /** In place of {@link Object#wait(long, int)}: the JVM rounds nanoseconds up, too. */
    public static void await(Object object, long millis, int nanos) throws InterruptedException {
        await(object, nanos > 0 && millis < Long.MAX_VALUE ? millis + 1 : millis);
    }

    /** In place of {@link Object#wait(long)}. */
    public static void await(Object object, long millis) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Waiter waiter = new Waiter(Thread.currentThread());
        Monitor monitor;
        int depth;
        synchronized (GUARD) {
            monitor = owned(object);
            monitor.waiting.add(waiter);
            depth = monitor.depth;
            monitor.depth = 0;
            release(object, monitor);
        }
        boolean interrupted = park(waiter, millis);
        enter(object, depth);
        synchronized (GUARD) {
            monitor.waiting.remove(waiter);
        }
        if (interrupted) {
            if (!waiter.notified) {
                throw new InterruptedException();
            }
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was interrupted. */
    private static boolean park(Waiter waiter, long millis) {
        long begin = Surroundings.nanoTime();
        while (!waiter.notified) {
            if (millis == 0) {
                LockSupport.park(waiter);
            } else {
                long left = millis * 1_000_000 - (Surroundings.nanoTime() - begin);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(waiter, left);
            }
            if (Thread.interrupted()) {
                return true;
            }
        }
        return false;
    }

    /** In place of {@link Object#notify}: wakes the one that has waited longest. */
    public static void signal(Object object) {
        synchronized (GUARD) {
            wake(owned(object).waiting.poll());
        }
    }

    /** In place of {@link Object#notifyAll}. */
    public static void signalAll(Object object) {
        synchronized (GUARD) {
            Monitor monitor = owned(object);
            while (!monitor.waiting.isEmpty()) {
                wake(monitor.waiting.poll());
            }
        }
    }

    private static void wake(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.notified = true;
            LockSupport.unpark(waiter.thread);
        }
    }

    private static Monitor owned(Object object) {
        Monitor monitor = MONITORS.get(object);
        if (monitor == null || !Thread.currentThread().equals(monitor.owner)) {
            throw new IllegalMonitorStateException("the current thread is not the owner");
        }
        return monitor;
    }
}
