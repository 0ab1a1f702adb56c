package cairn.experiment.catalogue;

import cairn.model.service.Service;

import java.util.Map;
import java.util.function.Function;

/**
 * A service that protocols can protect, as experiment files order it.
 *
 * @param name the name in experiment files
 * @param summary what it is, in a sentence
 * @param defaults its settings, as they are if the file says nothing
 * @param remarks what each setting decides, by the name of the record's component
 * @param maker makes the service
 */
public record ServiceForm(
        String name,
        String summary,
        Record defaults,
        Map<String, String> remarks,
        Function<Record, Service> maker) {}
