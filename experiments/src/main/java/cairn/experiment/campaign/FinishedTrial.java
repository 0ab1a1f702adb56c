package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;

/**
 * A trial that was run and is in no journal yet.
 *
 * @param task its number: seed by seed, all variants of a seed one after another
 * @param variant which of the variants it is of
 * @param nanos how long it ran
 */
public record FinishedTrial(int task, int variant, long seed, Outcome outcome, long nanos) {

    private static final long BRIEF_NANOS = 1_000_000;

    /**
     * Runs a trial of an experiment.
     *
     * @throws TrialFailure if the trial threw what it should not
     */
    static FinishedTrial run(Experiment experiment, int task) {
        int variants = experiment.variants().size();
        long seed = experiment.seeds().get(task / variants);
        Variant tried = experiment.variants().get(task % variants);
        long begun = System.nanoTime();
        Outcome outcome;
        try {
            outcome = tried.subject().run(new SeededChoices(seed), null);
        } catch (RuntimeException | Error e) {
            throw new TrialFailure(Commands.replay(experiment, tried, seed), e);
        }
        long nanos = System.nanoTime() - begun;
        return new FinishedTrial(task, task % variants, seed, outcome, nanos);
    }

    /** Whether it took so little time that it may be lost with the process and be made again. */
    boolean isBrief() {
        return nanos < BRIEF_NANOS;
    }

    /** What a journal takes. */
    Entry entry(EntryWriter writer) {
        return Entry.of(this, writer.line(this));
    }
}
