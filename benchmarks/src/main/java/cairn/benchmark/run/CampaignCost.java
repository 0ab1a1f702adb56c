package cairn.benchmark.run;

import cairn.experiment.campaign.Batch;
import cairn.experiment.campaign.Campaign;
import cairn.experiment.campaign.Entry;
import cairn.experiment.campaign.FinishedTrial;
import cairn.experiment.campaign.Journal;
import cairn.experiment.campaign.Results;
import cairn.experiment.campaign.Shard;
import cairn.experiment.campaign.TrialRunner;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.command.ProgressBar;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.ExperimentReader;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.models.Models;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.ExperimentResult;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a campaign costs beside its trials. {@code cores [FILE]}: trials a second on one core and on
 * two, in turns, and the share of the processor time that goes into the journal and the progress
 * bar; of quickstart, or of another experiment. {@code memory}: what is held when a thousand trials
 * are finished, and a hundred thousand. {@code report}: the report of ten thousand trials of a
 * protocol. Without an argument all three.
 *
 * <p>Run it in Cairn's folder: it reads {@code experiments/library/quickstart.yaml}.
 */
public final class CampaignCost {

    private static final String QUICKSTART = "experiments/library/quickstart.yaml";
    private static final int ROUNDS = 7;

    /** Short trials, so that what is held of them outweighs all else. */
    private static final String MANY =
            """
            name: many
            question: What is held of a trial?
            model: checkpoint-restart
            settings: {work: 24 h, checkpoint: 5 min, restart: 10 min, rule: exact, mtbf: 24 h}
            seeds: 1..\
            """;

    private final Path folder;

    private CampaignCost(Path folder) {
        this.folder = folder;
    }

    /** Measures what the argument says. */
    public static void main(String[] arguments) throws IOException {
        var cost = new CampaignCost(Files.createTempDirectory("cairn-cost"));
        switch (arguments.length == 0 ? "all" : arguments[0]) {
            case "all" -> {
                cost.cores(quickstart("seeds=1..60"));
                cost.memory();
                cost.report();
            }
            case "cores" ->
                    cost.cores(
                            arguments.length == 1
                                    ? quickstart("seeds=1..60")
                                    : reader().read(Path.of(arguments[1]), arguments[1]));
            case "memory" -> cost.memory();
            case "report" -> cost.report();
            default ->
                    throw new IllegalArgumentException("cores, memory or report: " + arguments[0]);
        }
    }

    private void cores(Experiment experiment) {
        int trials = experiment.variants().size() * experiment.seeds().size();
        // Once without a word, so that what is measured is compiled.
        time(experiment, 2);
        double[] speedups = new double[ROUNDS];
        double[] rates = new double[ROUNDS];
        double[] shares = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Time one = time(experiment, 1);
            Time two = time(experiment, 2);
            rates[round] = trials / one.seconds();
            speedups[round] = one.seconds() / two.seconds();
            shares[round] = one.filesShare();
        }
        System.out.println(
                Line.of(
                        "%s on one core: %.1f trials a second (median of %d)",
                        experiment.name(), median(rates), ROUNDS));
        System.out.println(
                Line.of(
                        "two cores: %.2f times that (median; %.2f to %.2f)",
                        median(speedups),
                        Arrays.stream(speedups).min().orElseThrow(),
                        Arrays.stream(speedups).max().orElseThrow()));
        System.out.println(
                Line.of("files and progress: %.3f %% of the processor time", 100 * median(shares)));
    }

    /** Of a campaign: how long it took, and which share of its processor time was not trials. */
    private record Time(double seconds, double filesShare) {}

    private Time time(Experiment experiment, int jobs) {
        var runner = new Counting(experiment, jobs);
        long begun = System.nanoTime();
        try (Journal journal = journal(experiment)) {
            campaign(experiment, jobs, journal, runner).run();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        // There is a reading of the clock in what a trial took, and in what a group did.
        int trials = experiment.variants().size() * experiment.seeds().size();
        double clock = clockNanos();
        double files = Math.max(0, runner.files.get() - clock * trials / Counting.GROUP);
        double all = runner.trials.get() - clock * trials + files;
        return new Time(seconds, files / all);
    }

    /** What a reading of the clock of processor time costs, which short trials would notice. */
    private static double clockNanos() {
        int readings = 10_000;
        long begun = Counting.processorNanos();
        for (int i = 0; i < readings; i++) {
            Counting.processorNanos();
        }
        return (double) (Counting.processorNanos() - begun) / readings;
    }

    private void memory() {
        ExperimentReader reader = reader();
        // Once without a word, so that what is loaded only once is not counted.
        held(reader.read("many", MANY + "20_000"));
        long thousand = held(reader.read("many", MANY + "1_000"));
        long more = held(reader.read("many", MANY + "100_000"));
        System.out.println(
                Line.of(
                        "held of a campaign and its results, 1,000 trials: %.2f MB",
                        thousand / 1e6));
        System.out.println(
                Line.of(
                        "100,000 trials: %.2f MB, %.0f bytes for each more",
                        more / 1e6, (more - thousand) / 99_000.0));
    }

    private long held(Experiment experiment) {
        long before = used();
        try (Journal journal = journal(experiment)) {
            var campaign = campaign(experiment, 2, journal, TrialRunner.threads(experiment, 2));
            campaign.run();
            ExperimentResult result = campaign.results(List.of()).result("", "");
            long after = used();
            if (result.trials() != experiment.seeds().size()) {
                throw new IllegalStateException("trials are missing: " + result.trials());
            }
            return after - before;
        }
    }

    /** Bytes on the heap that are in use, once what is not was collected. */
    private static long used() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }

    private void report() throws IOException {
        Experiment quickstart = quickstart("seeds=1..10000", "workload.requests=20", "faults=[]");
        try (Journal journal = journal(quickstart)) {
            var campaign = campaign(quickstart, 2, journal, TrialRunner.threads(quickstart, 2));
            campaign.run();
            long begun = System.nanoTime();
            Results results = campaign.results(campaign.investigate(1));
            Path page = results.write(folder, results.result("", ""));
            System.out.println(
                    Line.of(
                            "report of %d trials: %.1f s, its page %.0f KB",
                            quickstart.seeds().size(),
                            (System.nanoTime() - begun) / 1e9,
                            Files.size(page) / 1e3));
        }
    }

    private static Campaign campaign(
            Experiment experiment, int jobs, Journal journal, TrialRunner runner) {
        var bar = new ProgressBar(new PrintWriter(new StringWriter()), true, System::nanoTime);
        return new Campaign(experiment, jobs, bar, journal, Shard.WHOLE, runner);
    }

    private Journal journal(Experiment experiment) {
        return Journal.begin(folder.resolve(Journal.FILE), experiment, "benchmark");
    }

    private static Experiment quickstart(String... overrides) {
        return reader().read(Path.of(QUICKSTART), QUICKSTART, List.of(overrides));
    }

    private static ExperimentReader reader() {
        return new ExperimentReader(
                new ModelReader(Models.all(), new ScenarioReader(Shipped.catalogue())));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Threads that know where their processor time went. */
    private static final class Counting implements TrialRunner {

        /**
         * So many trials are put into the journal between two readings of the clock, which takes
         * longer than it does for one of them.
         */
        static final int GROUP = 16;

        private final Experiment experiment;
        private final int jobs;
        private final AtomicLong trials = new AtomicLong();
        private final AtomicLong files = new AtomicLong();

        Counting(Experiment experiment, int jobs) {
            this.experiment = experiment;
            this.jobs = jobs;
        }

        @Override
        public void run(
                PrimitiveIterator.OfInt tasks, Consumer<Entry> finished, BooleanSupplier stopped) {
            List<Thread> threads = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    work(tasks, new Batch(finished));
                                }));
            }
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private static int next(PrimitiveIterator.OfInt tasks) {
            synchronized (tasks) {
                return tasks.hasNext() ? tasks.nextInt() : -1;
            }
        }

        private void work(PrimitiveIterator.OfInt tasks, Batch batch) {
            var group = new ArrayList<FinishedTrial>();
            for (int task = next(tasks); task >= 0; task = next(tasks)) {
                group.add(run(task));
                if (group.size() == GROUP) {
                    put(group, batch);
                }
            }
            put(group, batch);
            batch.handOver();
        }

        private FinishedTrial run(int task) {
            int number = task % experiment.variants().size();
            long seed = experiment.seeds().get(task / experiment.variants().size());
            Variant variant = experiment.variants().get(number);
            long begun = processorNanos();
            Outcome outcome = variant.subject().run(new SeededChoices(seed), null);
            long ran = processorNanos() - begun;
            trials.addAndGet(ran);
            return new FinishedTrial(task, number, seed, outcome, ran);
        }

        private void put(List<FinishedTrial> group, Batch batch) {
            long begun = processorNanos();
            group.forEach(batch::add);
            group.clear();
            files.addAndGet(processorNanos() - begun);
        }

        private static long processorNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
