package cairn.spark;

import cairn.experiment.campaign.Entry;
import cairn.experiment.campaign.Header;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.models.Models;

import org.apache.spark.TaskContext;

import scala.Function2;
import scala.collection.Iterator;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a worker does: it makes the experiment again from the header of its journal, and runs the
 * trials whose numbers it is given.
 */
final class Chunk implements Function2<TaskContext, Iterator<int[]>, Entry[]>, Serializable {

    private static final long serialVersionUID = 1;

    private final String header;

    Chunk(String header) {
        this.header = header;
    }

    @Override
    public Entry[] apply(TaskContext context, Iterator<int[]> chunks) {
        Experiment experiment = experiment();
        var entries = new ArrayList<Entry>();
        while (chunks.hasNext()) {
            for (int task : chunks.next()) {
                // A cancelled job, and nobody waits for the rest.
                context.killTaskIfInterrupted();
                entries.add(Entry.ofTrial(experiment, task));
            }
        }
        return entries.toArray(Entry[]::new);
    }

    private Experiment experiment() {
        var subjects = new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue()));
        return Header.read(header).experiment(new ExperimentReader(subjects));
    }
}
