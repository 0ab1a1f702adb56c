package cairn.cluster.run;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one thread on which the places of a cluster are changed and asked, and the reason, if there
 * is one, why the run cannot go on.
 */
final class SteeringThread implements AutoCloseable {

    /** How long processes may take to start and to join, on a machine that is busy. */
    static final long PATIENCE_SECONDS = 120;

    private static final long LOOK_MILLIS = 5;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("steering").factory());
    private final CompletableFuture<String> failure = new CompletableFuture<>();

    /** Does something there, in its turn. */
    void steer(Runnable action) {
        executor.execute(() -> {
            try {
                action.run();
            } catch (RuntimeException | Error e) {
                fail("steering failed: " + e);
            }
        });
    }

    /** Does something there after a delay. */
    void steerLater(long delayNanos, Runnable action) {
        var _ = executor.schedule(() -> steer(action), delayNanos, TimeUnit.NANOSECONDS);
    }

    /** Does something there, and returns when it is done. */
    void steerAndWait(Runnable action) {
        ask(() -> {
            action.run();
            return true;
        });
    }

    /**
     * What is so there.
     *
     * @throws LiveFailure if the question fails, or nobody answers
     */
    <T> T ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, executor)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (TimeoutException e) {
            throw new LiveFailure(
                    "the cluster cannot be steered: no answer for " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new LiveFailure("the cluster cannot be steered: " + e.getCause(), e);
        }
    }

    /** As below, for as long as processes may take to start on a machine that is busy. */
    boolean await(BooleanSupplier condition) {
        return await(PATIENCE_SECONDS, condition);
    }

    /** Waits for a condition; false if it does not come about in time, or the run cannot go on. */
    boolean await(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!ask(condition::getAsBoolean)) {
            if (System.nanoTime() > deadline || failure.isDone()) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Says that the run cannot go on; the first reason counts. */
    void fail(String reason) {
        failure.complete(reason);
    }

    /** Why the run cannot go on; empty while it can. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.getNow(null));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
