package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Runs all trials of an experiment on a fixed number of threads. What comes out depends on the
 * experiment alone: results stand in the order of variants and seeds, whoever finished first.
 */
public final class Campaign {

    private final Experiment experiment;
    private final int jobs;
    private final Progress progress;
    private int done;
    private int violated;
    private volatile boolean stopped;

    public Campaign(Experiment experiment, int jobs, Progress progress) {
        if (jobs < 1) {
            throw new IllegalArgumentException("at least one job: " + jobs);
        }
        this.experiment = experiment;
        this.jobs = jobs;
        this.progress = progress;
    }

    /** Lets trials that are under way end, and starts no more; may be called from any thread. */
    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }

    /**
     * One list for each variant, in the order of the seeds; only trials that were finished.
     *
     * @throws TrialFailure if a trial threw what it should not
     */
    public List<List<Trial>> run() {
        int variants = experiment.variants().size();
        int total = Math.multiplyExact(variants, experiment.seeds().size());
        // Seed by seed, so that what is there after a stop compares the variants on equal terms.
        var lot =
                new Lot<Trial>(
                        total,
                        task ->
                                trial(
                                        experiment.variants().get(task % variants),
                                        experiment.seeds().get(task / variants),
                                        total),
                        this::isStopped);
        List<@Nullable Trial> trials = lot.run(jobs);
        progress.finished();
        return byVariant(trials);
    }

    /**
     * Records and shrinks the first violation of each variant and property, in their order.
     *
     * @param mostRuns how many runs each may take
     */
    public List<Violation> investigate(List<List<Trial>> trials, int mostRuns) {
        var tasks = new ArrayList<Supplier<Violation>>();
        for (int i = 0; i < trials.size(); i++) {
            addTasks(experiment.variants().get(i), trials.get(i), mostRuns, tasks);
        }
        var lot = new Lot<Violation>(tasks.size(), task -> tasks.get(task).get(), this::isStopped);
        var violations = new ArrayList<Violation>();
        for (@Nullable Violation violation : lot.run(jobs)) {
            if (violation != null) {
                violations.add(violation);
            }
        }
        return violations;
    }

    private void addTasks(
            Variant variant, List<Trial> trials, int mostRuns, List<Supplier<Violation>> tasks) {
        var seen = new TreeSet<String>();
        for (Trial trial : trials) {
            for (PropertyOutcome judged : trial.outcome().properties()) {
                if (judged.finding() == Finding.VIOLATED && seen.add(judged.id())) {
                    var investigation = new Investigation(variant, judged.id(), this::isStopped);
                    tasks.add(() -> investigation.shrink(trial.seed(), mostRuns));
                }
            }
        }
    }

    private Trial trial(Variant variant, long seed, int total) {
        Outcome outcome;
        try {
            outcome = variant.subject().run(new SeededChoices(seed), null);
        } catch (RuntimeException | Error e) {
            throw new TrialFailure(Commands.replay(experiment, variant, seed), e);
        }
        advance(outcome.finding() == Finding.VIOLATED, total);
        return new Trial(seed, outcome);
    }

    private synchronized void advance(boolean violation, int total) {
        done++;
        violated += violation ? 1 : 0;
        progress.advanced(done, total, violated);
    }

    private List<List<Trial>> byVariant(List<@Nullable Trial> trials) {
        int variants = experiment.variants().size();
        var sorted = new ArrayList<List<Trial>>();
        for (int variant = 0; variant < variants; variant++) {
            var own = new ArrayList<Trial>();
            for (int task = variant; task < trials.size(); task += variants) {
                Trial trial = trials.get(task);
                if (trial != null) {
                    own.add(trial);
                }
            }
            sorted.add(own);
        }
        return sorted;
    }
}
