package cairn.jepsen;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Code that blocks, and somebody who resumes it: one of the two runs at any time, so what they do
 * together is one course of events. Clients and nemeses are written for real time, and run so in
 * virtual time.
 */
public final class Coroutine {

    private static final ThreadLocal<Coroutine> CURRENT = new ThreadLocal<>();

    private final Thread thread;
    private volatile boolean runs;
    private volatile boolean ended;
    private volatile boolean cancelled;
    private @Nullable Thread resumer;
    private @Nullable Object passed;
    private @Nullable Throwable thrown;

    /** A coroutine that has not begun. */
    public Coroutine(Runnable body) {
        thread =
                Thread.ofVirtual()
                        .unstarted(() -> {
                            CURRENT.set(this);
                            try {
                                body.run();
                            } catch (CancellationException e) {
                                // It was told to end.
                            } catch (Throwable e) {
                                thrown = e;
                            } finally {
                                ended = true;
                                giveBack();
                            }
                        });
    }

    /** The coroutine whose code this is; throws {@link IllegalStateException} outside of any. */
    public static Coroutine current() {
        Coroutine current = CURRENT.get();
        if (current == null) {
            throw new IllegalStateException(
                    "only clients and nemeses of a test wait for its system");
        }
        return current;
    }

    /**
     * Runs the code until it pauses or ends, and hands it a value that {@link #pause} answers. What
     * the code throws comes out here.
     */
    public void resume(@Nullable Object value) {
        if (ended) {
            throw new IllegalStateException("the coroutine has ended");
        }
        passed = value;
        resumer = Thread.currentThread();
        runs = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (runs) {
            LockSupport.park(this);
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    /** Hands control back to who resumed this code, until it does so again; answers its value. */
    public @Nullable Object pause() {
        giveBack();
        while (!runs) {
            LockSupport.park(this);
        }
        if (cancelled) {
            throw new CancellationException("the run has ended");
        }
        return passed;
    }

    private void giveBack() {
        Thread waiting = resumer;
        runs = false;
        LockSupport.unpark(waiting);
    }

    /**
     * Runs code that resumes coroutines, and returns what it returns or throws what it throws. On a
     * virtual thread, as here, the two take turns without the help of the operating system: ten
     * times as quick.
     */
    public static <T> T host(Callable<T> body) throws Exception {
        var task = new FutureTask<>(body);
        Thread.startVirtualThread(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    public boolean hasEnded() {
        return ended;
    }

    /** Ends code that is paused: its {@link #pause} throws. */
    public void cancel() {
        if (!ended && thread.getState() != Thread.State.NEW) {
            cancelled = true;
            resume(null);
        }
    }
}
