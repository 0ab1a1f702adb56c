package cairn.experiment.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C does not end the process at once: it asks for a stop, and waits until
 * what was finished is written.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;
    private static final long LATER_SECONDS = 1;

    private final Runnable stop;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::interrupt);

    Interruption(Runnable stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean happened() {
        return begun.getCount() == 0;
    }

    /**
     * Whether a process of a run ended because of this. Ctrl-C in a terminal is for all of them,
     * and one that ends at once may be heard of before this process hears of Ctrl-C itself: a
     * moment is waited for it.
     */
    boolean explainsFailure() {
        try {
            return begun.await(LATER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return happened();
        }
    }

    /** What Ctrl-C does. */
    void interrupt() {
        begun.countDown();
        stop.run();
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("cairn: gave up waiting for the trials under way");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!happened()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends already; the hook ran or finds nothing to wait for.
                begun.countDown();
            }
        }
    }
}
