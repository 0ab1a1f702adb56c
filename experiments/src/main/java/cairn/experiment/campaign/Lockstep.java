package cairn.experiment.campaign;

import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choices;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs the same choices twice, side by side, and compares the runs event by event. */
public final class Lockstep {

    private static final int BATCH = 512;

    private final Subject subject;
    private final Supplier<Choices> choices;

    /** Two runs of a subject, each with choices of its own that should give the same answers. */
    public Lockstep(Subject subject, Supplier<Choices> choices) {
        this.subject = subject;
        this.choices = choices;
    }

    /**
     * What the comparison showed.
     *
     * @param events how many events were the same
     * @param outcome of both runs; empty if they differ
     * @param difference the first event that differs, in both runs; empty if none does
     */
    public record Comparison(long events, Optional<Outcome> outcome, List<String> difference) {
        public Comparison {
            difference = List.copyOf(difference);
        }

        private static Comparison differing(long events, String one, String other) {
            return new Comparison(events, Optional.empty(), List.of(one, other));
        }
    }

    /** Compares until the runs differ or end; then also with a run that nobody watches. */
    public Comparison compare() {
        var first = new Run();
        var second = new Run();
        Thread.ofPlatform().daemon().name("lockstep-1").start(first);
        Thread.ofPlatform().daemon().name("lockstep-2").start(second);
        try {
            return compare(first, second);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while comparing", e);
        } finally {
            first.abandoned = true;
            second.abandoned = true;
        }
    }

    private Comparison compare(Run first, Run second) throws InterruptedException {
        long events = 0;
        while (true) {
            List<String> one = first.batches.take();
            List<String> other = second.batches.take();
            for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
                if (!one.get(i).equals(other.get(i))) {
                    return Comparison.differing(events, one.get(i), other.get(i));
                }
                events++;
            }
            if (one.size() != other.size()) {
                return Comparison.differing(events, after(one, other), after(other, one));
            }
            if (one.size() < BATCH) {
                return compareEnds(events, first.outcome(), second.outcome());
            }
        }
    }

    private Comparison compareEnds(long events, Outcome first, Outcome second) {
        if (!first.equals(second)) {
            return Comparison.differing(events, "ends with " + first, "ends with " + second);
        }
        Outcome unwatched = subject.run(choices.get(), null);
        return unwatched.digest().equals(first.digest())
                ? new Comparison(events, Optional.of(first), List.of())
                : Comparison.differing(
                        events,
                        "digest " + first.digest() + " when watched",
                        "digest " + unwatched.digest() + " when not");
    }

    private static String after(List<String> own, List<String> other) {
        return own.size() > other.size() ? own.get(other.size()) : "the run ends";
    }

    /** One of the two runs, on its own thread; it waits when the other is far behind. */
    private final class Run implements Runnable {

        private final BlockingQueue<List<String>> batches = new ArrayBlockingQueue<>(4);
        private final BlockingQueue<Outcome> ended = new LinkedBlockingQueue<>();
        private List<String> batch = new ArrayList<>();
        private volatile boolean abandoned;
        private volatile @Nullable Throwable failure;

        @Override
        public void run() {
            try {
                ended.add(subject.run(choices.get(), this::line));
            } catch (RuntimeException | Error e) {
                failure = e;
                line("the run fails: " + e);
            }
            put(batch);
            if (batch.size() == BATCH) {
                put(List.of());
            }
        }

        private void line(String line) {
            if (batch.size() == BATCH) {
                put(batch);
                batch = new ArrayList<>();
            }
            batch.add(line);
        }

        private void put(List<String> full) {
            try {
                while (!abandoned && !batches.offer(full, 100, TimeUnit.MILLISECONDS)) {
                    // The other run is behind.
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Outcome outcome() throws InterruptedException {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            return ended.take();
        }
    }
}
