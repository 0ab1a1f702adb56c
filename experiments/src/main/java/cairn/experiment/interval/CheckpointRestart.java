package cairn.experiment.interval;

import cairn.experiment.file.Dimension;
import cairn.experiment.file.Line;
import cairn.experiment.trial.Outcome;
import cairn.experiment.trial.Renewal;
import cairn.experiment.trial.Subject;
import cairn.model.choice.Choice;
import cairn.model.choice.Choices;
import cairn.model.choice.Law;
import cairn.model.choice.Mix;
import cairn.model.choice.Tabulated;
import cairn.report.Breakdown;
import cairn.report.Counts;
import cairn.report.DurationHistogram;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.Throughput;

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

    /** More events than any run of use has; one that does not come forward ends here. */
    static final long MOST_EVENTS = 5_000_000;

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
        var run = new Run(new Choice("failure", failures, choices), timeline);
        run.toTheEnd();
        return run.outcome();
    }

    /** One run. Only one thing is under way at a time, so it needs no queue of events. */
    private final class Run {

        private final long cycle = segment + settings.checkpointNanos();
        private final Choice failure;
        private final @Nullable Consumer<String> timeline;
        private long now;
        private long failsAt;
        private long events;
        private long digest;
        private long safe;
        private long checkpoints;
        private long lost;
        private long restarting;

        Run(Choice failure, @Nullable Consumer<String> timeline) {
            this.failure = failure;
            this.timeline = timeline;
        }

        void toTheEnd() {
            failsAt = failure.ask();
            work();
            while (safe < settings.workNanos() && mayGoOn()) {
                lost += failsAt - now;
                fail();
                restart();
                work();
            }
        }

        /**
         * Works until a failure or the end. Of segments that are alike as many are done as end
         * before the failure; they are counted, not walked through one by one.
         */
        private void work() {
            long alike = Math.min((failsAt - now) / cycle, (settings.workNanos() - safe) / segment);
            checkpoints(Math.min(alike, MOST_EVENTS - events), segment);
            long rest = settings.workNanos() - safe;
            if (rest > 0 && rest < segment && rest + settings.checkpointNanos() <= failsAt - now) {
                checkpoints(1, rest);
            }
        }

        private void checkpoints(long count, long work) {
            if (timeline != null) {
                for (long i = 1; i <= count; i++) {
                    long at = now + i * (work + settings.checkpointNanos());
                    tell(at, "checkpoint", checkpoints + i);
                }
            }
            checkpoints += count;
            safe += count * work;
            pass(count * (work + settings.checkpointNanos()), count);
        }

        /** Restarts, again if a failure comes before it is done. */
        private void restart() {
            while (failsAt - now < settings.restartNanos() && mayGoOn()) {
                restarting += failsAt - now;
                fail();
            }
            if (mayGoOn()) {
                restarting += settings.restartNanos();
                pass(settings.restartNanos(), 1);
                tell(now, "restarted after failure", failure.count() - 1);
            }
        }

        private void fail() {
            pass(failsAt - now, 1);
            failsAt = after(failure.ask());
            tell(now, "failure", failure.count() - 1);
        }

        private void pass(long nanos, long happened) {
            now += nanos;
            events += happened;
            digest = Mix.fold(digest, now);
        }

        /** Nor does a run last longer than nanoseconds can be counted, 292 years. */
        private boolean mayGoOn() {
            return events < MOST_EVENTS && now < Long.MAX_VALUE;
        }

        private long after(long nanos) {
            return nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
        }

        private void tell(long at, String what, long number) {
            if (timeline != null) {
                timeline.accept(Line.of("%,20d ns  %s %d", at, what, number));
            }
        }

        Outcome outcome() {
            return new Outcome(
                    HexFormat.of().toHexDigits(digest),
                    now,
                    new Counts(events, 0, checkpoints, 0, 0),
                    List.of(finished()),
                    DurationHistogram.EMPTY,
                    DurationHistogram.EMPTY,
                    DurationHistogram.EMPTY,
                    Throughput.NONE,
                    List.of(),
                    new Breakdown(
                            now,
                            safe,
                            checkpoints * settings.checkpointNanos(),
                            0,
                            0,
                            lost,
                            restarting,
                            0));
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
                                    text(safe), text(settings.workNanos()), events));
        }
    }
}
