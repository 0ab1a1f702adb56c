package cairn.experiment.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, Ctrl-C does not end the process at once: it asks for a stop, and waits until
 * what was finished is written.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Runnable stop;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::interrupt);
    private volatile boolean happened;

    Interruption(Runnable stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean happened() {
        return happened;
    }

    /** What Ctrl-C does. */
    void interrupt() {
        happened = true;
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
        if (!happened) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process ends already; the hook ran or finds nothing to wait for.
                happened = true;
            }
        }
    }
}
