package cairn.experiment.campaign;

import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.statistics.LongList;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs all trials of an experiment on a fixed number of threads, and leaves each in a journal. What
 * comes out depends on the experiment alone: results stand in the order of variants and seeds,
 * whoever finished first, and whether they were run now or were there before.
 */
public final class Campaign {

    /** So large a journal, in bytes, is kept in memory; a larger one is read again and again. */
    private static final long MOST_KEPT = 16 << 20;

    private final Experiment experiment;
    private final int jobs;
    private final Progress progress;
    private final Journal journal;
    private final Shard shard;
    private final TrialRunner runner;
    private final Optional<Precision> precision;
    private int violations;
    private int done;
    private int seeds;
    private volatile boolean stopped;

    /** A campaign, or a part of one, that goes on where its journal ends, on threads. */
    public Campaign(
            Experiment experiment, int jobs, Progress progress, Journal journal, Shard shard) {
        this(experiment, jobs, progress, journal, shard, TrialRunner.threads(experiment, jobs));
    }

    /**
     * A campaign, or a part of one, that goes on where its journal ends.
     *
     * @param jobs how many violations are investigated at a time, on threads
     * @param runner runs the trials
     */
    public Campaign(
            Experiment experiment,
            int jobs,
            Progress progress,
            Journal journal,
            Shard shard,
            TrialRunner runner) {
        if (jobs < 1) {
            throw new IllegalArgumentException("at least one job: " + jobs);
        }
        this.experiment = experiment;
        this.jobs = jobs;
        this.progress = progress;
        this.journal = journal;
        this.shard = shard;
        this.runner = runner;
        this.precision =
                experiment.target().map(target -> new Precision(target, experiment.seeds().size()));
    }

    /** Lets trials that are under way end, and starts no more; may be called from any thread. */
    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }

    /**
     * Runs what the journal does not have yet: all seeds, or as many as the experiment's target
     * needs.
     *
     * @throws TrialFailure if a trial threw what it should not
     */
    public void run() {
        int all = experiment.seeds().size();
        seeds = precision.map(Precision::first).orElse(all);
        progress.began(alreadyDone());
        run(0);
        while (seeds < all && !stopped && !precision.orElseThrow().isEnough(results().variants())) {
            int before = seeds;
            seeds = precision.orElseThrow().next(seeds);
            run(before);
        }
        progress.finished();
    }

    /** Takes what the journal has for all that there is to be, and runs nothing. */
    public void take() {
        seeds = experiment.seeds().size();
        alreadyDone();
    }

    private int alreadyDone() {
        for (int place = 0; place < experiment.seeds().size(); place++) {
            for (int variant = 0; variant < experiment.variants().size(); variant++) {
                if (shard.takes(place) && journal.has(variant, place)) {
                    count(journal.isViolated(variant, place));
                }
            }
        }
        return done;
    }

    /** Seed by seed, so that what is there after a stop compares the variants on equal terms. */
    private void run(int from) {
        int variants = experiment.variants().size();
        // Looked for as they are wanted: a list of them would grow with the campaign.
        PrimitiveIterator.OfInt missing =
                IntStream.range(Math.multiplyExact(from, variants), seeds * variants)
                        .filter(task -> shard.takes(task / variants))
                        .filter(task -> !journal.has(task % variants, task / variants))
                        .iterator();
        try {
            runner.run(missing, this::finish, this::isStopped);
        } finally {
            journal.write();
        }
    }

    private void finish(Entry entry) {
        journal.add(entry);
        synchronized (this) {
            count(entry.isViolated());
            progress.advanced(done, total(), violations);
        }
    }

    private void count(boolean isViolated) {
        done++;
        violations += isViolated ? 1 : 0;
    }

    private int total() {
        int taken = (seeds - shard.number() + shard.of()) / shard.of();
        return experiment.variants().size() * taken;
    }

    /**
     * One list for each variant, in the order of the seeds; only trials that were finished. Where
     * they are many, each is read from the journal when it is asked for.
     */
    public List<List<Trial>> trials() {
        boolean keeps = journal.size() <= MOST_KEPT;
        var trials = new ArrayList<List<Trial>>();
        for (int i = 0; i < experiment.variants().size(); i++) {
            int variant = i;
            LongList places = finished(variant);
            trials.add(
                    Lazy.list(
                            places.size(),
                            keeps,
                            index -> trial(variant, (int) places.get(index))));
        }
        return trials;
    }

    private Trial trial(int variant, int place) {
        return new Trial(experiment.seeds().get(place), journal.outcome(variant, place));
    }

    private LongList finished(int variant) {
        var places = new LongList();
        for (int place = 0; place < seeds; place++) {
            if (journal.has(variant, place)) {
                places.add(place);
            }
        }
        return places;
    }

    /**
     * Records and shrinks the first violation of each variant and property, in their order.
     *
     * @param mostRuns how many runs each may take
     */
    public List<Violation> investigate(int mostRuns) {
        var tasks = new ArrayList<Supplier<Violation>>();
        for (int variant = 0; variant < experiment.variants().size(); variant++) {
            addTasks(variant, mostRuns, tasks);
        }
        var found = new ConcurrentSkipListMap<Integer, Violation>();
        new Lot(
                        IntStream.range(0, tasks.size()).iterator(),
                        () -> task -> found.put(task, tasks.get(task).get()),
                        this::isStopped)
                .run(jobs);
        return List.copyOf(found.values());
    }

    private void addTasks(int number, int mostRuns, List<Supplier<Violation>> tasks) {
        Variant variant = experiment.variants().get(number);
        var seen = new TreeSet<String>();
        for (int place = 0; place < seeds; place++) {
            if (!journal.isViolated(number, place)) {
                continue;
            }
            long seed = experiment.seeds().get(place);
            for (PropertyOutcome judged : journal.outcome(number, place).properties()) {
                if (judged.finding() == Finding.VIOLATED && seen.add(judged.id())) {
                    var investigation = new Investigation(variant, judged.id(), this::isStopped);
                    tasks.add(() -> investigation.shrink(seed, mostRuns));
                }
            }
        }
    }

    private Results results() {
        return new Results(experiment, trials(), List.of(), Optional.empty(), seeds);
    }

    /** What was found, with what was investigated of its violations. */
    public Results results(List<Violation> violations) {
        return new Results(experiment, trials(), violations, precision, seeds);
    }
}
