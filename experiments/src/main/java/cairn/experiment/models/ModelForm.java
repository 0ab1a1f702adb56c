package cairn.experiment.models;

import cairn.experiment.trial.Subject;

import java.util.Map;
import java.util.function.Function;

/**
 * A model of its own, simulated without machines and protocols, as experiment files order it.
 *
 * @param name the name in experiment files
 * @param summary what it is, in a sentence
 * @param defaults its settings, as they are if the file says nothing
 * @param remarks what each setting decides, by the name of the record's component
 * @param maker makes it
 */
public record ModelForm(
        String name,
        String summary,
        Record defaults,
        Map<String, String> remarks,
        Function<Record, Subject> maker) {}
