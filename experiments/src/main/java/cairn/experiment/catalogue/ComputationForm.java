package cairn.experiment.catalogue;

import cairn.model.computation.Computation;

import java.util.Map;
import java.util.function.Function;

/**
 * A computation that protocols can protect, as experiment files order it.
 *
 * @param name the name in experiment files
 * @param summary what it is, in a sentence
 * @param defaults its settings, as they are if the file says nothing
 * @param remarks what each setting decides, by the name of the record's component
 * @param maker makes the computation; throws {@link IllegalArgumentException} if the settings do
 *     not fit together
 */
public record ComputationForm(
        String name,
        String summary,
        Record defaults,
        Map<String, String> remarks,
        Function<Record, Computation> maker) {}
