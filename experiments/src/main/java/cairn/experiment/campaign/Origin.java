package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where answers were recorded: elsewhere they may have another meaning.
 *
 * @param version of Cairn; empty if it is not known
 * @param experiment the hash of what determines the experiment's trials; empty if it is not known
 */
public record Origin(String version, String experiment) {

    /** Nobody wrote it down. */
    public static final Origin UNKNOWN = new Origin("", "");

    /** What is recorded of an experiment by this version of Cairn. */
    public static Origin of(Experiment experiment, String version) {
        return new Origin(version, experiment.trialsHash());
    }

    /** What is otherwise here, in a few words; empty if nothing is, as far as is known. */
    public Optional<String> difference(Origin here) {
        List<String> differences = new ArrayList<>();
        if (!version.isEmpty() && !version.equals(here.version)) {
            differences.add("by Cairn " + version + ", this is " + here.version);
        }
        if (!experiment.isEmpty() && !experiment.equals(here.experiment)) {
            differences.add("in experiment " + experiment + ", this is " + here.experiment);
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join("; ", differences));
    }
}
