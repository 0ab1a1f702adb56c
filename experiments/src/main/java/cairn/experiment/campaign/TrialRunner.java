package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;

import java.util.PrimitiveIterator;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who runs the trials of a campaign: the threads of this process, or the machines of a cluster.
 * What comes of a trial does not depend on who runs it, so results do not either.
 */
public interface TrialRunner {

    /**
     * Runs trials, in any order, and returns when all are finished or it was stopped.
     *
     * @param tasks the numbers of the trials, as {@link FinishedTrial#task} counts them; they may
     *     be too many to be kept
     * @param finished takes each as soon as it is finished; may be called from several threads
     * @param stopped says that no more trials should be started
     * @throws TrialFailure if a trial threw what it should not
     */
    void run(PrimitiveIterator.OfInt tasks, Consumer<Entry> finished, BooleanSupplier stopped);

    /** Threads of this process. */
    static TrialRunner threads(Experiment experiment, int jobs) {
        return (tasks, finished, stopped) ->
                new Lot(tasks, () -> worker(experiment, new Batch(finished)), stopped).run(jobs);
    }

    private static Lot.Worker worker(Experiment experiment, Batch batch) {
        return new Lot.Worker() {
            @Override
            public void accept(int task) {
                batch.add(FinishedTrial.run(experiment, task));
            }

            @Override
            public void ended() {
                batch.handOver();
            }
        };
    }
}
