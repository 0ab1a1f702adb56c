package cairn.report;

import cairn.model.fault.FaultTally;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What all trials of a variant come to, gathered in one pass over them: everything that tables,
 * plots and tests are made of but the rows of single trials.
 *
 * <p>Of a trial it keeps its figures, beyond some thousands of them in files; what is told of a
 * single trial is kept of a bounded number. So memory does not grow with the trials.
 */
final class Pooled {
    /** So many trials that violate a property are told of. */
    static final int MOST_VIOLATIONS = 50;

    private final Map<Measure, Figures> figures = new EnumMap<>(Measure.class);
    private final SequencedMap<String, PropertyTally> properties = new LinkedHashMap<>();
    private final FindingCounts findings = new FindingCounts();
    private final DurationHistogram requestLatency;
    private final DurationHistogram checkpointLatency;
    private final DurationHistogram recovery;
    private final Breakdown time;
    private final List<FaultTally> ordered = new ArrayList<>();
    private final List<Long> trialsWith = new ArrayList<>();
    private final List<TrialResult> violations = new ArrayList<>();
    private Optional<TrialResult> course = Optional.empty();
    private long requests;
    private long longestNanos;
    private boolean endsUnasked;

    Pooled(List<TrialResult> trials) {
        // Recorders are large; what stays are their encodings.
        var requestLatencies = new DurationHistogram.Recorder();
        var checkpointLatencies = new DurationHistogram.Recorder();
        var recoveries = new DurationHistogram.Recorder();
        var times = new Breakdown.Sum();
        for (TrialResult trial : trials) {
            add(trial);
            requestLatencies.add(trial.requestLatency());
            checkpointLatencies.add(trial.checkpointLatency());
            recoveries.add(trial.recovery());
            times.add(trial.breakdown());
        }
        requestLatency = requestLatencies.toHistogram();
        checkpointLatency = checkpointLatencies.toHistogram();
        recovery = recoveries.toHistogram();
        time = times.total();
    }

    private void add(TrialResult trial) {
        for (Measure measure : Measure.values()) {
            OptionalDouble figure = measure.of(trial);
            if (figure.isPresent()) {
                figures.computeIfAbsent(measure, _ -> new Figures())
                        .add(trial.seed(), figure.getAsDouble());
            }
        }
        for (PropertyOutcome outcome : trial.properties()) {
            properties.computeIfAbsent(outcome.id(), _ -> new PropertyTally()).add(outcome);
        }
        Finding finding = trial.finding();
        findings.add(finding);
        if (finding == Finding.VIOLATED && violations.size() < MOST_VIOLATIONS) {
            violations.add(trial);
        }
        List<FaultTally> faults = trial.counts().ordered();
        FaultTally.add(ordered, faults);
        for (int fault = 0; fault < faults.size(); fault++) {
            if (fault == trialsWith.size()) {
                trialsWith.add(0L);
            }
            trialsWith.set(fault, trialsWith.get(fault) + (faults.get(fault).isVain() ? 0 : 1));
        }
        requests += trial.counts().requests();
        longestNanos = Math.max(longestNanos, trial.virtualNanos());
        endsUnasked |= trial.counts().requests() > 0 && trial.requestLatency().isEmpty();
        if (trial.throughput().buckets() > 1
                && (course.isEmpty()
                        || (course.get().faults().isEmpty() && !trial.faults().isEmpty()))) {
            course = Optional.of(trial);
        }
    }

    /** The figures of the trials that have one. */
    Figures figures(Measure measure) {
        Figures found = figures.get(measure);
        return found == null ? new Figures() : found;
    }

    /** The properties that trials judged, in their order. */
    SequencedMap<String, PropertyTally> properties() {
        return properties;
    }

    /** What became of a fault that was ordered, in all trials. */
    FaultTally ordered(int fault) {
        return fault < ordered.size() ? ordered.get(fault) : FaultTally.NONE;
    }

    /** In how many trials it changed something. */
    long trialsWith(int fault) {
        return fault < trialsWith.size() ? trialsWith.get(fault) : 0;
    }

    /** How many trials came to the finding. */
    long trials(Finding finding) {
        return findings.of(finding);
    }

    /** The worst of all trials; inconclusive without trials. */
    Finding worst() {
        return findings.worst().orElse(Finding.INCONCLUSIVE);
    }

    /** The first trials that violate a property, {@link #MOST_VIOLATIONS} at the most. */
    List<TrialResult> violations() {
        return violations;
    }

    DurationHistogram requestLatency() {
        return requestLatency;
    }

    DurationHistogram checkpointLatency() {
        return checkpointLatency;
    }

    DurationHistogram recovery() {
        return recovery;
    }

    /** Where the time of all trials went. */
    Breakdown time() {
        return time;
    }

    /** Requests that were answered in all trials. */
    long requests() {
        return requests;
    }

    /** The longest run, in virtual nanoseconds. */
    long longestNanos() {
        return longestNanos;
    }

    /** Whether what was counted as requests are ranks that came to an end, which nobody asked. */
    boolean endsUnasked() {
        return endsUnasked;
    }

    /**
     * The trial whose course over time is drawn: the first with faults that has one, or the first.
     */
    Optional<TrialResult> course() {
        return course;
    }
}
