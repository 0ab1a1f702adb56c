package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.file.UserMistake;

import java.util.SequencedMap;

/**
 * Machines that can run trials. It is found as a service ({@link java.util.ServiceLoader}), because
 * what it takes is large and not everybody wants it.
 */
public interface TrialCluster {

    /**
     * Connects for the trials of one experiment.
     *
     * @param version of this tool, which is the one that its machines shall run
     * @param master where the cluster is
     * @param settings the cluster's own, by its names
     * @throws UserMistake if there is no such cluster
     */
    ClusterRunner connect(
            Experiment experiment,
            String version,
            String master,
            SequencedMap<String, String> settings);
}
