package cairn.experiment.campaign;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Numbered tasks, carried out by a few threads, each taking the next number when it is free. */
final class Lot {

    private static final int NONE = -1;

    private final PrimitiveIterator.OfInt numbers;
    private final Supplier<Worker> workers;
    private final BooleanSupplier stopped;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** What one thread does with the numbers that it takes. */
    @FunctionalInterface
    interface Worker extends IntConsumer {

        /** There are no more for it. */
        default void ended() {}
    }

    /**
     * What is to be done with the numbers, none of which is negative, until somebody says that all
     * is to stop.
     */
    Lot(PrimitiveIterator.OfInt numbers, Supplier<Worker> workers, BooleanSupplier stopped) {
        this.numbers = numbers;
        this.workers = workers;
        this.stopped = stopped;
    }

    /** Returns when all is done or stopped; throws what the first task that failed threw. */
    void run(int jobs) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < jobs && hasNext(); i++) {
            threads.add(Thread.ofPlatform().daemon().name("trials-" + i).start(this::work));
        }
        threads.forEach(Lot::join);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private void work() {
        Worker worker = workers.get();
        for (int number = next(); number != NONE; number = next()) {
            int taken = number;
            keepingFailure(() -> worker.accept(taken));
        }
        keepingFailure(worker::ended);
    }

    private void keepingFailure(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private int next() {
        if (stopped.getAsBoolean() || failure.get() != null) {
            return NONE;
        }
        synchronized (numbers) {
            return numbers.hasNext() ? numbers.nextInt() : NONE;
        }
    }

    private boolean hasNext() {
        synchronized (numbers) {
            return numbers.hasNext();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trials were running", e);
        }
    }
}
