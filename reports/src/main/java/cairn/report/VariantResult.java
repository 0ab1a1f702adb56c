package cairn.report;

import cairn.model.fault.FaultTally;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** All trials of one variant: one protocol with one choice of settings. */
public final class VariantResult {
    private final String label;
    private final SequencedMap<String, String> settings;
    private final String promise;
    private final String faults;
    private final List<String> ordered;
    private final List<TrialResult> trials;
    private final Pooled pooled;

    /** The result of trials in which no fault was ordered. */
    public VariantResult(
            String label,
            SequencedMap<String, String> settings,
            String promise,
            String faults,
            List<TrialResult> trials) {
        this(label, settings, promise, faults, List.of(), trials);
    }

    /**
     * The result of trials, which are gone through once.
     *
     * @param label short and unique in the experiment; it names the variant in tables and plots
     * @param settings what distinguishes and defines the variant, in the order of the experiment
     *     file
     * @param promise what the variant promises under its settings
     * @param faults the faults that are admissible, under which the promise must hold
     * @param ordered each fault that the experiment orders, as trials count them
     * @param trials must not change any more; where they are many, a list that reads each from disk
     *     as it is asked for
     */
    public VariantResult(
            String label,
            SequencedMap<String, String> settings,
            String promise,
            String faults,
            List<String> ordered,
            List<TrialResult> trials) {
        this.label = label;
        this.settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        this.promise = promise;
        this.faults = faults;
        this.ordered = List.copyOf(ordered);
        this.trials = Collections.unmodifiableList(trials);
        this.pooled = new Pooled(this.trials);
    }

    /** Names the variant in tables and plots. */
    public String label() {
        return label;
    }

    /** What distinguishes and defines the variant, in the order of the experiment file. */
    public SequencedMap<String, String> settings() {
        return settings;
    }

    /** What the variant promises under its settings. */
    public String promise() {
        return promise;
    }

    /** The faults that are admissible, under which the promise must hold. */
    public String faults() {
        return faults;
    }

    /** Each fault that the experiment orders, as it says it. */
    public List<String> ordered() {
        return ordered;
    }

    /** What became of one of them in all trials, by its place in the list. */
    public FaultTally tally(int fault) {
        return pooled.ordered(fault);
    }

    /** How many of them changed nothing in any trial. */
    long vainFaults() {
        return IntStream.range(0, ordered.size()).filter(fault -> tally(fault).isVain()).count();
    }

    /** In how many trials one of them changed something. */
    public long trialsWith(int fault) {
        return pooled.trialsWith(fault);
    }

    /** The longest trial, in virtual nanoseconds. */
    public long longestNanos() {
        return pooled.longestNanos();
    }

    /** Each trial, perhaps from disk; what all come to together is known without it. */
    public List<TrialResult> trials() {
        return trials;
    }

    /** What all trials come to. */
    Pooled pooled() {
        return pooled;
    }

    /** The worst of all trials; inconclusive without trials. */
    public Finding finding() {
        return pooled.worst();
    }

    /**
     * The finding on each property over all trials, in their order: violated if one trial violates
     * it, else holding if one shows that, for trials without occasion say nothing.
     */
    public SequencedMap<String, Finding> properties() {
        var together = new LinkedHashMap<String, Finding>();
        pooled.properties().forEach((id, tally) -> together.put(id, tally.together()));
        return together;
    }

    /** The properties that no trial gave an occasion to be broken. */
    public List<String> untried() {
        return pooled.properties().entrySet().stream()
                .filter(property -> property.getValue().isUntried())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What the variant shows as a whole: the worst of its properties that were tried. Unlike {@link
     * #finding} it does not call a variant inconclusive because something had no occasion.
     */
    public Finding standing() {
        List<String> untried = untried();
        return properties().entrySet().stream()
                .filter(property -> !untried.contains(property.getKey()))
                .map(Map.Entry::getValue)
                .filter(finding -> finding != Finding.NOT_PROMISED)
                .reduce(Finding::and)
                .orElse(Finding.INCONCLUSIVE);
    }

    /** The verdict in a few words: how many trials violate, or how many properties hold. */
    public String verdict() {
        Finding standing = standing();
        var properties = properties();
        long holding = properties.values().stream().filter(f -> f == Finding.HOLDS).count();
        int untried = untried().size();
        return switch (standing) {
            case VIOLATED -> standing.words() + " " + trials(standing) + "/" + trials.size();
            case HOLDS ->
                    untried == 0
                            ? standing.words()
                            : holding
                                    + (holding == 1 ? " holds, " : " hold, ")
                                    + untried
                                    + " untried";
            case INCONCLUSIVE, NOT_PROMISED ->
                    holding == 0
                            ? standing.words()
                            : holding
                                    + " of "
                                    + properties.size()
                                    + (holding == 1 ? " holds" : " hold");
        };
    }

    /** How many trials came to the finding. */
    public long trials(Finding finding) {
        return pooled.trials(finding);
    }

    /** How many trials came to the finding on one property. */
    public long trials(String property, Finding finding) {
        PropertyTally tally = ((Map<String, PropertyTally>) pooled.properties()).get(property);
        return tally == null ? 0 : tally.trials(finding);
    }

    /** The value of a setting, or an empty text if the variant does not have it. */
    public String setting(String key) {
        return ((Map<String, String>) settings).getOrDefault(key, "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VariantResult that
                && label.equals(that.label)
                && settings.equals(that.settings)
                && promise.equals(that.promise)
                && faults.equals(that.faults)
                && ordered.equals(that.ordered)
                && trials.equals(that.trials);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return "VariantResult[" + label + ", " + trials.size() + " trials]";
    }
}
