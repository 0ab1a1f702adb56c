package cairn.virtual.jdk;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler of the virtual threads of one process.
 *
 * <p>On JDK 25 a virtual thread hands its continuation to {@link #execute} whenever it can go on,
 * and each timed park, wait or sleep to {@link #schedule(Runnable, long, TimeUnit)}, provided that
 * its scheduler is a {@link ForkJoinPool}. Threads inherit the scheduler of the virtual thread that
 * makes them. Capturing both captures all execution and all timers of a process. No task ever
 * reaches the pool itself, which so has no threads.
 */
public final class ProcessScheduler extends ForkJoinPool {

    private final Captured captured;

    /** Takes what was captured. */
    public interface Captured {
        /** A thread of the process can go on, by this. */
        void runnable(Runnable slice);

        /** Something has to be run on the carrier, not in a thread, when time has passed. */
        ScheduledFuture<?> after(Runnable wake, long nanos);
    }

    /** A scheduler that hands everything on. */
    public ProcessScheduler(Captured captured) {
        super(1);
        this.captured = captured;
    }

    @Override
    public void execute(Runnable slice) {
        captured.runnable(slice);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable wake, long delay, TimeUnit unit) {
        return captured.after(wake, unit.toNanos(delay));
    }

    @Override
    public <V extends @Nullable Object> ScheduledFuture<V> schedule(
            Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("virtual threads schedule no results");
    }

    /** The first thread of the process, not started: all others descend from it. */
    public Thread thread(String name, Runnable task) {
        try {
            Class<?> type = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder");
            Constructor<?> constructor = type.getDeclaredConstructor(Executor.class);
            constructor.setAccessible(true);
            return ((Thread.Builder.OfVirtual) constructor.newInstance(this))
                    .name(name)
                    .unstarted(task);
        } catch (ReflectiveOperationException | RuntimeException e) {
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            throw new IllegalStateException(
                    "this JVM makes no virtual thread with a scheduler of its own; it takes JDK 25"
                            + " and the agent (-javaagent:cairn-virtual-jgroups.jar)",
                    cause);
        }
    }
}
