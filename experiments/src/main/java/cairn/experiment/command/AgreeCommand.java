package cairn.experiment.command;

import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.Machines;
import cairn.experiment.campaign.Commands;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.SeedRange;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.LiveApplication;
import cairn.experiment.trial.LiveTrial;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.Finding;
import cairn.report.Measure;
import cairn.report.Replay;
import cairn.report.TrialResult;
import cairn.report.statistics.Estimate;
import cairn.report.statistics.Statistics;
import cairn.report.statistics.Unit;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Holds simulated runs of an experiment against runs on real processes. */
@Command(
        name = "agree",
        description = {
            "Runs an experiment in the simulator and on real processes, and compares each measure.",
            "They take turns. What messages and the disk take here is measured before and after"
                    + " each real run, and given to the simulated ones that follow; --no-probe"
                    + " leaves the file's costs as they are."
        },
        footer = {
            "",
            "Example:",
            "  ./cairn agree experiments/live/agreement.yaml --seeds 1..5",
            "",
            "Exits with 0 if all medians are within the tolerance, 1 if a property was violated, 3"
                    + " if",
            "some median is not within it, 70 if a run on processes failed: the table is then that"
                    + " of the",
            "others."
        })
final class AgreeCommand implements Callable<Integer> {

    private static final List<Measure> MEASURES =
            List.of(
                    Measure.CHECKPOINT_P50,
                    Measure.REQUEST_P50,
                    Measure.THROUGHPUT,
                    Measure.RECOVERY,
                    Measure.STABLE_BYTES,
                    Measure.NETWORK_BYTES,
                    Measure.RUN_TIME);

    private final Workbench bench;
    private final AtomicReference<Runnable> underWay = new AtomicReference<>(() -> {});

    @Parameters(paramLabel = "FILE", description = "An experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where nodes keep their files; otherwise results/NAME-agree.")
    private @Nullable Path out;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "Other seeds than the file's: 7, or 1..5.")
    private @Nullable String seeds;

    @Option(
            names = "--within",
            paramLabel = "PERCENT",
            description = "How far medians may be apart; otherwise ${DEFAULT-VALUE}.")
    private double within = 15;

    @Option(names = "--no-probe", description = "Simulate with the file's costs.")
    private boolean noProbe;

    private MachineProbes probes = new MachineProbes(Path.of(""));

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    AgreeCommand(Workbench bench) {
        this.bench = bench;
    }

    /**
     * The trials of one variant, both ways.
     *
     * @param failures why runs on processes did not come to an end
     */
    private record Pair(
            List<TrialResult> simulated, List<TrialResult> live, List<String> failures) {
        Pair() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public Integer call() throws IOException {
        if (!(within > 0)) {
            throw new UserMistake("--within: a share in per cent above zero: " + within);
        }
        Experiment experiment = bench.experiment(file, overrides(List.of()));
        experiment.variants().forEach(ClusterRunCommand::live);
        Path shown = out == null ? Path.of("results", experiment.name() + "-agree") : out;
        Path folder = bench.terminal().resolve(shown);
        ResultsFolder.make(folder, shown);
        List<Pair> pairs = experiment.variants().stream().map(_ -> new Pair()).toList();
        try (MachineProbes measuring = new MachineProbes(folder);
                Interruption interruption = bench.interruption(() -> underWay.get().run())) {
            probes = measuring;
            run(folder, experiment, pairs, interruption);
            // While Ctrl-C still waits for this.
            int code = conclude(experiment, pairs);
            return interruption.happened() ? interrupted(pairs) : code;
        }
    }

    /** Runs each seed of each variant both ways, until it is interrupted. */
    private void run(Path folder, Experiment live, List<Pair> pairs, Interruption interruption)
            throws IOException {
        for (long seed : live.seeds()) {
            for (int i = 0; i < pairs.size(); i++) {
                try {
                    run(folder, live, i, seed, pairs.get(i), interruption);
                } catch (LiveFailure | IOException e) {
                    if (!interruption.explainsFailure()) {
                        failed(live.variants().get(i), seed, pairs.get(i), e);
                    }
                }
                if (interruption.happened()) {
                    return;
                }
            }
        }
    }

    /** Runs one seed of a variant both ways; a live run that was cut short counts for nothing. */
    private void run(
            Path folder,
            Experiment live,
            int variant,
            long seed,
            Pair pair,
            Interruption interruption)
            throws IOException {
        probe();
        Outcome real = live(live.variants().get(variant), seed, folder);
        if (interruption.happened()) {
            return;
        }
        probe();
        Outcome simulated =
                simulated(live)
                        .variants()
                        .get(variant)
                        .subject()
                        .run(new SeededChoices(seed), null);
        pair.live.add(result(real, seed));
        pair.simulated.add(result(simulated, seed));
    }

    private void failed(Variant variant, long seed, Pair pair, Exception why) {
        String reason =
                why instanceof LiveFailure ? String.valueOf(why.getMessage()) : why.toString();
        pair.failures.add("seed " + seed + ": " + reason);
        bench.terminal()
                .err()
                .println("agree: " + variant.label() + ", seed " + seed + ": " + reason);
        bench.terminal().err().flush();
    }

    private void probe() {
        if (!noProbe) {
            probes.measure();
        }
    }

    /** The experiment at the costs that were measured so far. */
    private Experiment simulated(Experiment live) throws IOException {
        return noProbe ? live : bench.experiment(file, overrides(probes.soFar()));
    }

    private int conclude(Experiment live, List<Pair> pairs) {
        var say = bench.terminal().out();
        say.println(probes);
        boolean close = true;
        Finding worst = Finding.HOLDS;
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).live.isEmpty() && pairs.get(i).failures.isEmpty()) {
                continue;
            }
            say.println();
            say.println(live.variants().get(i).label());
            close &= tell(pairs.get(i));
            pairs.get(i).failures.forEach(each -> say.println("  not run: " + each));
            for (TrialResult trial : pairs.get(i).live) {
                worst = worst.and(trial.finding());
            }
        }
        order(live, pairs).forEach(say::println);
        say.flush();
        if (worst == Finding.VIOLATED) {
            return ExitCode.VIOLATED;
        }
        return pairs.stream().anyMatch(pair -> !pair.failures.isEmpty())
                ? ExitCode.BROKEN
                : close ? ExitCode.HOLDS : ExitCode.INCONCLUSIVE;
    }

    private int interrupted(List<Pair> pairs) {
        int finished = pairs.stream().mapToInt(pair -> pair.live.size()).sum();
        bench.terminal()
                .err()
                .println(
                        finished == 0
                                ? "agree: interrupted before anything was run both ways"
                                : "agree: interrupted; runs made both ways until then: "
                                        + finished);
        bench.terminal().err().flush();
        return ExitCode.INTERRUPTED;
    }

    private Outcome live(Variant variant, long seed, Path folder) throws IOException {
        LiveApplication<?> live = ClusterRunCommand.live(variant);
        String name = variant.label().replaceAll("[^A-Za-z0-9.-]+", "-") + "-" + seed;
        Path nodes = folder.resolve("nodes").resolve(name);
        Files.createDirectories(nodes);
        LiveTrial trial = live.run(Machines.loopback(), nodes, seed, _ -> {}, underWay::set);
        return trial.outcome();
    }

    private static TrialResult result(Outcome outcome, long seed) {
        return outcome.result(seed, new Replay("", Optional.empty()));
    }

    /** Tells of one variant; false if a median is further off than it may be. */
    private boolean tell(Pair pair) {
        var say = bench.terminal().out();
        if (pair.live.isEmpty()) {
            return true;
        }
        say.println(
                Line.of(
                        "  %-42s %-34s %-34s %s",
                        "median of the runs (95 %, else all)",
                        "simulated",
                        "live",
                        "live / simulated"));
        boolean close = true;
        for (Measure measure : MEASURES) {
            double[] simulated = figures(measure, pair.simulated);
            double[] live = figures(measure, pair.live);
            if (simulated.length == 0 || live.length == 0) {
                continue;
            }
            Estimate one = Statistics.median(simulated, Statistics.CONFIDENCE);
            Estimate other = Statistics.median(live, Statistics.CONFIDENCE);
            double ratio = other.value() / one.value();
            boolean fits = Math.abs(ratio - 1) <= within / 100;
            close &= fits;
            say.println(
                    Line.of(
                            "  %-42s %-34s %-34s %.2f%s",
                            measure.title(),
                            text(measure.unit(), one, simulated),
                            text(measure.unit(), other, live),
                            ratio,
                            fits ? "" : "  off"));
        }
        return close;
    }

    /** For each measure, which variants stand in one order both ways. */
    private static List<String> order(Experiment live, List<Pair> pairs) {
        List<String> lines = new ArrayList<>();
        for (Measure measure : MEASURES) {
            var ranking = new Ranking();
            for (int i = 0; i < pairs.size(); i++) {
                double[] one = figures(measure, pairs.get(i).simulated);
                double[] other = figures(measure, pairs.get(i).live);
                if (one.length > 0 && other.length > 0) {
                    ranking.add(live.variants().get(i).label(), range(one), range(other));
                }
            }
            if (!ranking.isEmpty()) {
                lines.add(Line.of("%-42s %s", measure.title(), ranking.text()));
            }
        }
        return lines;
    }

    private static Ranking.Range range(double[] runs) {
        return Ranking.Range.of(Statistics.median(runs, Statistics.CONFIDENCE), runs);
    }

    private static double[] figures(Measure measure, List<TrialResult> trials) {
        return trials.stream()
                // What a warm-up takes is part of the time until the end.
                .filter(trial ->
                        measure != Measure.RUN_TIME || trial.throughput().warmUpAnswers() == 0)
                .map(measure::of)
                .filter(figure -> figure.isPresent())
                .mapToDouble(figure -> figure.getAsDouble())
                .toArray();
    }

    /** A median and its interval; where there are too few runs for one, the least and the most. */
    private static String text(Unit unit, Estimate estimate, double[] runs) {
        var range = Ranking.Range.of(estimate, runs);
        return unit.text(estimate.value()) + " (" + unit.text(range.low(), range.high()) + ")";
    }

    private List<String> overrides(List<String> more) {
        var all = new ArrayList<>(overrides.all());
        all.addAll(more);
        if (seeds != null) {
            SeedRange.read("--seeds", seeds);
            all.add(Commands.SEEDS + seeds);
        }
        return all;
    }
}
