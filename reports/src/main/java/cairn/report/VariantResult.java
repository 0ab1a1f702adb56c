package cairn.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * All trials of one variant: one protocol with one choice of settings.
 *
 * @param label short and unique in the experiment; it names the variant in tables and plots
 * @param settings what distinguishes and defines the variant, in the order of the experiment file
 * @param promise what the variant promises under its settings
 * @param faults the faults that are admissible, under which the promise must hold
 * @param trials must not change any more; where they are many, a list that reads each from disk as
 *     it is asked for
 */
public record VariantResult(
        String label,
        SequencedMap<String, String> settings,
        String promise,
        String faults,
        List<TrialResult> trials) {

    public VariantResult {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        trials = Collections.unmodifiableList(trials);
    }

    /** The worst of all trials; inconclusive without trials. */
    public Finding finding() {
        return trials.stream()
                .map(TrialResult::finding)
                .reduce(Finding::and)
                .orElse(Finding.INCONCLUSIVE);
    }

    /**
     * The finding on each property over all trials, in their order: violated if one trial violates
     * it, else holding if one shows that, for trials without occasion say nothing.
     */
    public SequencedMap<String, Finding> properties() {
        var pooled = new LinkedHashMap<String, Finding>();
        for (TrialResult trial : trials) {
            for (PropertyOutcome outcome : trial.properties()) {
                pooled.merge(outcome.id(), outcome.finding(), VariantResult::pooled);
            }
        }
        return pooled;
    }

    private static Finding pooled(Finding one, Finding other) {
        for (Finding finding : List.of(Finding.VIOLATED, Finding.HOLDS, Finding.INCONCLUSIVE)) {
            if (one == finding || other == finding) {
                return finding;
            }
        }
        return Finding.NOT_PROMISED;
    }

    /** The properties that no trial gave an occasion to be broken. */
    public List<String> untried() {
        return properties().entrySet().stream()
                .filter(property -> property.getValue() == Finding.INCONCLUSIVE)
                .map(Map.Entry::getKey)
                .filter(id ->
                        trials.stream()
                                .flatMap(trial -> trial.properties().stream())
                                .filter(outcome -> outcome.id().equals(id))
                                .allMatch(outcome ->
                                        outcome.isUntried()
                                                || outcome.finding() == Finding.NOT_PROMISED))
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
        return trials.stream().filter(trial -> trial.finding() == finding).count();
    }

    /** The value of a setting, or an empty text if the variant does not have it. */
    public String setting(String key) {
        return ((Map<String, String>) settings).getOrDefault(key, "");
    }
}
