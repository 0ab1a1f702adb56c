package cairn.report;

import cairn.report.statistics.Estimate;
import cairn.report.statistics.Sample;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What reports say of a variant in figures. Each trial gives one figure, and the estimate is their
 * mean with Student's t interval: observations inside a trial depend on each other, trials under
 * different seeds do not. Recovery time is the exception: a trial has few recoveries or none, so
 * all of them are pooled and their median has a distribution-free interval.
 */
// The functions capture nothing.
@SuppressWarnings("ImmutableEnumChecker")
public enum Measure {
    THROUGHPUT("throughput", "Throughput", Unit.PER_SECOND, Measure::throughput),
    REQUEST_MEAN(
            "request_mean",
            "Request latency, mean",
            Unit.NANOSECONDS,
            t -> mean(t.requestLatency())),
    REQUEST_P50(
            "request_p50",
            "Request latency, p50",
            Unit.NANOSECONDS,
            t -> at(t.requestLatency(), 0.5)),
    REQUEST_P99(
            "request_p99",
            "Request latency, p99",
            Unit.NANOSECONDS,
            t -> at(t.requestLatency(), 0.99)),
    REQUEST_P999(
            "request_p99.9",
            "Request latency, p99.9",
            Unit.NANOSECONDS,
            t -> at(t.requestLatency(), 0.999)),
    CHECKPOINT_P50(
            "checkpoint_p50",
            "Checkpoint latency, p50",
            Unit.NANOSECONDS,
            t -> at(t.checkpointLatency(), 0.5)),
    CHECKPOINT_P99(
            "checkpoint_p99",
            "Checkpoint latency, p99",
            Unit.NANOSECONDS,
            t -> at(t.checkpointLatency(), 0.99)),
    CHECKPOINT_P999(
            "checkpoint_p99.9",
            "Checkpoint latency, p99.9",
            Unit.NANOSECONDS,
            t -> at(t.checkpointLatency(), 0.999)),
    RECOVERY(
            "recovery_median",
            "Recovery time, median",
            Unit.NANOSECONDS,
            t -> at(t.recovery(), 0.5)),
    RUN_TIME(
            "run_time",
            "Time until the end",
            Unit.NANOSECONDS,
            t -> OptionalDouble.of((double) t.virtualNanos())),
    USEFUL("useful", "Time spent on useful work", Unit.SHARE, Measure::useful),
    OVERHEAD("overhead", "Time not spent on useful work", Unit.SHARE, Measure::overhead),
    PROTECTION("protection", "Time spent on protection", Unit.SHARE, Measure::protection),
    LOST_WORK("lost_work", "Work lost to failures", Unit.SHARE, Measure::lostWork),
    ROLLBACK("rollback_depth", "Deepest rollback, in checkpoints", Unit.COUNT, Measure::rollback),
    STABLE_BYTES(
            "stable_per_checkpoint",
            "Stable bytes per checkpoint",
            Unit.BYTES,
            t -> ratio((double) t.counts().stableBytes(), t.counts().checkpoints())),
    STALLS(
            "stall_per_checkpoint",
            "Stall at pages per checkpoint",
            Unit.NANOSECONDS,
            t -> ratio((double) t.breakdown().faultStall(), t.counts().checkpoints())),
    NETWORK_BYTES(
            "network_per_request",
            "Network bytes per request",
            Unit.BYTES,
            t -> ratio((double) t.counts().networkBytes(), t.counts().requests())),
    MIGRATION_DOWNTIME(
            "migration_downtime",
            "Standstill per migration",
            Unit.NANOSECONDS,
            t -> perMigration(t, Migrations::downtimeNanos)),
    MIGRATION_BYTES(
            "migration_sent",
            "Bytes sent per migration",
            Unit.BYTES,
            t -> perMigration(t, Migrations::bytes)),
    MIGRATION_ROUNDS(
            "migration_rounds",
            "Pre-copy rounds per migration",
            Unit.COUNT,
            t -> perMigration(t, Migrations::rounds)),
    MIGRATION_FETCHES(
            "migration_fetches",
            "Pages waited for per migration",
            Unit.COUNT,
            t -> perMigration(t, Migrations::fetched));

    private final String id;
    private final String title;
    private final Unit unit;
    private final Function<TrialResult, OptionalDouble> figure;

    Measure(String id, String title, Unit unit, Function<TrialResult, OptionalDouble> figure) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.figure = figure;
    }

    /** The name in data files. */
    public String id() {
        return id;
    }

    /** The head of its column in data files: its name and its unit. */
    public String column() {
        return switch (unit) {
            case NANOSECONDS -> id + "_ns";
            case BYTES -> id + "_bytes";
            case PER_SECOND -> id + "_per_s";
            case COUNT, SHARE -> id;
        };
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    public Unit unit() {
        return unit;
    }

    /** The figure of one trial, if the trial has it. */
    public OptionalDouble of(TrialResult trial) {
        return figure.apply(trial);
    }

    /** The figures of the trials that have one, in the order of the trials. */
    public Sample sample(VariantResult variant) {
        return figures(variant).sample();
    }

    /** The figures of the trials that have one, by their seeds. */
    public Figures figures(VariantResult variant) {
        return variant.pooled().figures(this);
    }

    /** The estimate for the variant; empty if no trial has the figure. */
    public Optional<Estimate> estimate(VariantResult variant) {
        if (this == RECOVERY) {
            return variant.pooled().recovery().median();
        }
        Sample sample = sample(variant);
        return sample.size() == 0
                ? Optional.empty()
                : Optional.of(Statistics.mean(sample, Statistics.CONFIDENCE));
    }

    /** Whether any variant has an estimate. */
    boolean isIn(ExperimentResult result) {
        return result.variants().stream().anyMatch(variant -> estimate(variant).isPresent());
    }

    /** What the estimate is of, for captions and data files. */
    public String statistic() {
        return this == RECOVERY ? "median of all recoveries" : "mean over trials";
    }

    private static OptionalDouble at(DurationHistogram histogram, double fraction) {
        return histogram.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) histogram.quantileNanos(fraction));
    }

    private static OptionalDouble throughput(TrialResult trial) {
        Throughput course = trial.throughput();
        long answers = trial.counts().requests() - course.warmUpAnswers();
        return answers <= 0
                ? OptionalDouble.empty()
                : ratio(answers * 1e9, course.spanNanos() - course.warmUpNanos());
    }

    private static OptionalDouble useful(TrialResult trial) {
        return ratio((double) trial.breakdown().useful(), trial.breakdown().wall());
    }

    private static OptionalDouble mean(DurationHistogram histogram) {
        return histogram.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(histogram.open().getMean());
    }

    private static OptionalDouble overhead(TrialResult trial) {
        Breakdown time = trial.breakdown();
        return ratio((double) (time.wall() - time.useful()), time.wall());
    }

    /** What checkpoints and logs cost whether or not anything fails. */
    private static OptionalDouble protection(TrialResult trial) {
        Breakdown time = trial.breakdown();
        return ratio(
                (double) (time.checkpointPause() + time.faultStall() + time.logging()),
                time.wall());
    }

    private static OptionalDouble rollback(TrialResult trial) {
        return trial.counts().rollbacks() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) trial.counts().deepestRollback());
    }

    private static OptionalDouble lostWork(TrialResult trial) {
        return ratio((double) trial.breakdown().lost(), trial.breakdown().wall());
    }

    private static OptionalDouble perMigration(
            TrialResult trial, ToLongFunction<Migrations> amount) {
        Migrations all = trial.counts().migrations();
        return ratio((double) amount.applyAsLong(all), all.count());
    }

    private static OptionalDouble ratio(double amount, long whole) {
        return whole > 0 ? OptionalDouble.of(amount / whole) : OptionalDouble.empty();
    }
}
