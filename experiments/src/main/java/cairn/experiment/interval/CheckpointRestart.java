package cairn.experiment.interval;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Line;
import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Renewal;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.choice.Tabulated;
import cairn.report.Breakdown;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.Throughput;
import cairn.simulator.kernel.Kernel;
import cairn.simulator.kernel.LogicalProcess;

import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Work, checkpoints, failures and restarts, and nothing else: what formulas for the interval
 * between checkpoints speak of. It works for an interval, takes a checkpoint, and so on until the
 * work is done; a failure throws away what was done since the last checkpoint, and a restart
 * follows, which may fail too.
 *
 * <p>Times of failures are asked of the choices by number, so that under one seed different
 * intervals meet the same failures.
 */
public final class CheckpointRestart implements Subject {

    private static final int SEGMENT_DONE = 1;
    private static final int FAILURE = 2;
    private static final int RESTARTED = 3;

    /** More events than any run of use has; one that does not come forward ends here. */
    private static final long MOST_EVENTS = 5_000_000;

    private final RestartSettings settings;
    private final long segment;
    private final Law failures;

    public CheckpointRestart(RestartSettings settings) {
        this.settings = settings;
        this.segment = settings.segmentNanos();
        double mean = (double) settings.mtbfNanos();
        double shape = settings.shape();
        this.failures =
                Tabulated.of(
                        shape == 1
                                ? new Law.Exponential(0, mean)
                                : new Law.Weibull(mean / Gamma.gamma(1 + 1 / shape), shape));
    }

    @Override
    public String promise() {
        return Line.of(
                "Works %s at a time, then takes a checkpoint of %s.",
                text(segment), text(settings.checkpointNanos()));
    }

    @Override
    public String faults() {
        return Line.of(
                "a failure every %s on average%s, and a restart of %s",
                text(settings.mtbfNanos()),
                settings.shape() == 1 ? "" : ", Weibull with shape " + settings.shape(),
                text(settings.restartNanos()));
    }

    /** To the second: a rule's interval has more digits than anybody wants. */
    private static String text(long nanos) {
        long second = 1_000_000_000L;
        long shown = nanos > 100 * second ? nanos / second * second : nanos;
        return Dimension.DURATION.write(BigDecimal.valueOf(shown));
    }

    @Override
    public Optional<Renewal> renewal() {
        return Optional.of(
                new Renewal(
                        (double) segment,
                        (double) settings.checkpointNanos(),
                        (double) settings.restartNanos(),
                        (double) settings.mtbfNanos()));
    }

    @Override
    public Outcome run(Choices choices, @Nullable Consumer<String> timeline) {
        var kernel = new Kernel();
        var run = new Run(kernel, new Choice("failure", failures, choices), timeline);
        run.start();
        while (kernel.step()) {
            // All happens in events.
        }
        return run.outcome();
    }

    /** One run: a process with one event under way, whatever comes first. */
    private final class Run implements LogicalProcess {

        private final Kernel kernel;
        private final Choice failure;
        private final @Nullable Consumer<String> timeline;
        private final int process;
        private long failsAt;
        private long began;
        private long safe;
        private long checkpoints;
        private long checkpointing;
        private long lost;
        private long restarting;
        private boolean restarts;

        Run(Kernel kernel, Choice failure, @Nullable Consumer<String> timeline) {
            this.kernel = kernel;
            this.failure = failure;
            this.timeline = timeline;
            this.process = kernel.register(this);
        }

        void start() {
            failsAt = failure.ask();
            work();
        }

        @Override
        public void on(int kind, long argument, @Nullable Object payload) {
            long took = kernel.now() - began;
            switch (kind) {
                case SEGMENT_DONE -> {
                    safe += argument;
                    checkpoints++;
                    checkpointing += took - argument;
                    tell("checkpoint", checkpoints);
                    work();
                }
                case FAILURE -> {
                    lost += restarts ? 0 : took;
                    restarting += restarts ? took : 0;
                    failsAt = after(failure.ask());
                    tell("failure", failure.count() - 1);
                    restart();
                }
                case RESTARTED -> {
                    restarting += took;
                    tell("restarted after failure", failure.count() - 1);
                    work();
                }
                default -> throw new IllegalStateException("no such event: " + kind);
            }
        }

        private void work() {
            restarts = false;
            long next = Math.min(segment, settings.workNanos() - safe);
            if (next > 0) {
                until(next + settings.checkpointNanos(), SEGMENT_DONE, next);
            }
        }

        private void restart() {
            restarts = true;
            until(settings.restartNanos(), RESTARTED, 0);
        }

        /** Schedules the end of what begins now, or the failure that comes before it. */
        private void until(long nanos, int kind, long argument) {
            began = kernel.now();
            if (kernel.dispatched() >= MOST_EVENTS) {
                return;
            }
            long end = began + nanos;
            if (failsAt < end) {
                kernel.schedule(failsAt, process, FAILURE, 0, null);
            } else {
                kernel.schedule(end, process, kind, argument, null);
            }
        }

        private long after(long nanos) {
            return nanos > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : kernel.now() + nanos;
        }

        private void tell(String what, long number) {
            if (timeline != null) {
                timeline.accept(Line.of("%,20d ns  %s %d", kernel.now(), what, number));
            }
        }

        Outcome outcome() {
            return new Outcome(
                    HexFormat.of().toHexDigits(kernel.digest()),
                    kernel.now(),
                    new Counts(kernel.dispatched(), 0, checkpoints, 0, 0),
                    List.of(finished()),
                    DurationHistogram.EMPTY,
                    DurationHistogram.EMPTY,
                    DurationHistogram.EMPTY,
                    Throughput.NONE,
                    List.of(),
                    new Breakdown(kernel.now(), safe, checkpointing, 0, 0, lost, restarting, 0));
        }

        /** That the work gets done at all, which it does not where no segment ever ends. */
        private PropertyOutcome finished() {
            return safe == settings.workNanos()
                    ? new PropertyOutcome("LIVE", Finding.HOLDS, 1, "")
                    : new PropertyOutcome(
                            "LIVE",
                            Finding.VIOLATED,
                            0,
                            Line.of(
                                    "%s of %s done after %d events",
                                    text(safe), text(settings.workNanos()), kernel.dispatched()));
        }
    }
}
