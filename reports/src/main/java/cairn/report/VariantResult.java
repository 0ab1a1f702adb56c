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

    /** The properties that hold in at least one trial: what this variant's trials could judge. */
    public long judged() {
        return trials.stream()
                .flatMap(trial -> trial.properties().stream())
                .filter(outcome -> outcome.finding() == Finding.HOLDS)
                .map(PropertyOutcome::id)
                .distinct()
                .count();
    }

    /** The properties that were looked at. */
    public long looked() {
        return trials.stream()
                .flatMap(trial -> trial.properties().stream())
                .map(PropertyOutcome::id)
                .distinct()
                .count();
    }

    /**
     * The verdict in a few words: how many trials violate; or, where some properties had no
     * occasion in a trial, how many hold of those that were looked at.
     */
    public String verdict() {
        Finding finding = finding();
        return switch (finding) {
            case HOLDS, NOT_PROMISED -> finding.words();
            case VIOLATED -> finding.words() + " " + trials(finding) + "/" + trials.size();
            case INCONCLUSIVE ->
                    judged() == 0
                            ? finding.words()
                            : judged() + " of " + looked() + (judged() == 1 ? " holds" : " hold");
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
