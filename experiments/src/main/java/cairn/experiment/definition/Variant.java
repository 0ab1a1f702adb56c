package cairn.experiment.definition;

import cairn.experiment.trial.Subject;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One of the things that an experiment compares.
 *
 * @param label short and unique in the experiment
 * @param settings what distinguishes it from the other variants, by the keys of the experiment
 *     file: "settings.persist"
 * @param subject what its trials run
 */
public record Variant(String label, SequencedMap<String, String> settings, Subject subject) {
    public Variant {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
    }
}
