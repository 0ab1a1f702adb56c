package cairn.experiment.campaign;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Numbered tasks, carried out by a few threads; the results stand in the order of the numbers. */
final class Lot<T> {

    private final int size;
    private final IntFunction<T> task;
    private final BooleanSupplier stopped;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<@Nullable T> results;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Lot(int size, IntFunction<T> task, BooleanSupplier stopped) {
        this.size = size;
        this.task = task;
        this.stopped = stopped;
        this.results = new AtomicReferenceArray<>(Math.max(1, size));
    }

    /**
     * The results by number; {@code null} for tasks that were not carried out because all was
     * stopped.
     */
    List<@Nullable T> run(int jobs) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < Math.min(jobs, size); i++) {
            threads.add(Thread.ofPlatform().daemon().name("trials-" + i).start(this::work));
        }
        threads.forEach(Lot::join);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        var ordered = new ArrayList<@Nullable T>();
        for (int i = 0; i < size; i++) {
            ordered.add(results.get(i));
        }
        return ordered;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            if (stopped.getAsBoolean() || failure.get() != null) {
                return;
            }
            try {
                results.set(i, task.apply(i));
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
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
