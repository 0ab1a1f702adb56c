package cairn.experiment.command;

import cairn.cluster.memory.Barrier;
import cairn.cluster.run.LiveFailure;
import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Results;
import cairn.experiment.campaign.Trial;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.SeedRange;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.LiveApplication;
import cairn.experiment.trial.LiveTrial;
import cairn.report.ExperimentResult;
import cairn.report.Report;
import cairn.report.Summary;
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

/** Runs an experiment on real processes and writes its report. */
@Command(
        name = "run",
        description = {
            "Runs an experiment on real processes, one trial after another, and writes its report.",
            "Times of the file are real times: see experiments/live for files that fit."
        },
        footer = {
            "",
            "Examples:",
            "  ./cairn cluster run experiments/live/local-disk.yaml --seeds 1..3",
            "  ./cairn cluster run FILE --hosts a,b,c --remote 'ssh {host}'",
            "",
            "Exits like ./cairn run."
        })
final class ClusterRunCommand implements Callable<Integer> {

    private final Workbench bench;
    private final AtomicReference<Runnable> underWay = new AtomicReference<>(() -> {});

    @Parameters(paramLabel = "FILE", description = "An experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes; otherwise results/NAME-live.")
    private @Nullable Path out;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "Other seeds than the file's: 7, or 1..3.")
    private @Nullable String seeds;

    @Option(
            names = "--variant",
            paramLabel = "LABEL",
            description = "Only this variant, if the experiment has several.")
    private @Nullable String variant;

    @Mixin private MachineOptions machines = new MachineOptions();

    private long clockErrorNanos;

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    ClusterRunCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = bench.experiment(file, overrides());
        List<Variant> variants = chosen(experiment);
        variants.forEach(ClusterRunCommand::live);
        machines.check();
        Path shown = out == null ? Path.of("results", experiment.name() + "-live") : out;
        Path folder = bench.terminal().resolve(shown);
        ResultsFolder.make(folder, shown);
        machines.checkDisks(folder);
        List<List<Trial>> trials = new ArrayList<>();
        experiment.variants().forEach(_ -> trials.add(new ArrayList<>()));
        List<Long> detections = new ArrayList<>();
        List<Barrier> barriers = new ArrayList<>();
        try (Interruption interruption = bench.interruption(() -> underWay.get().run())) {
            for (long seed : experiment.seeds()) {
                for (Variant each : variants) {
                    String name = each.label() + ", seed " + seed;
                    try {
                        LiveTrial trial = trial(each, seed, folder);
                        if (interruption.happened()) {
                            return ended(interrupted(name), ExitCode.INTERRUPTED);
                        }
                        detections.addAll(trial.detectionNanos());
                        barriers.addAll(trial.barriers());
                        clockErrorNanos = Math.max(clockErrorNanos, trial.clockErrorNanos());
                        trials.get(experiment.variants().indexOf(each))
                                .add(new Trial(seed, trial.outcome()));
                    } catch (LiveFailure e) {
                        return interruption.explainsFailure()
                                ? ended(interrupted(name), ExitCode.INTERRUPTED)
                                : ended(String.valueOf(e.getMessage()), ExitCode.BROKEN);
                    }
                }
            }
        }
        return conclude(experiment, trials, detections, barriers, folder, shown);
    }

    private static String interrupted(String name) {
        return "interrupted in " + name + "; all processes were ended, no report is written";
    }

    /** Says why it ends here, while Ctrl-C still waits for this. */
    private int ended(String reason, int code) {
        bench.terminal().err().println("cluster: " + reason);
        bench.terminal().err().flush();
        return code;
    }

    private LiveTrial trial(Variant variant, long seed, Path folder) throws IOException {
        String name = variant.label().replaceAll("[^A-Za-z0-9.-]+", "-") + "-" + seed;
        bench.terminal().err().println(Line.of("%s, seed %d ...", variant.label(), seed));
        bench.terminal().err().flush();
        Path nodes = folder.resolve("nodes").resolve(name);
        Files.createDirectories(nodes);
        List<String> history = new ArrayList<>();
        LiveTrial trial =
                live(variant).run(machines.all(), nodes, seed, history::add, underWay::set);
        Files.createDirectories(folder.resolve("history"));
        Files.write(folder.resolve("history").resolve(name + ".txt"), history);
        return trial;
    }

    private int conclude(
            Experiment experiment,
            List<List<Trial>> trials,
            List<Long> detections,
            List<Barrier> barriers,
            Path folder,
            Path shown)
            throws IOException {
        ExperimentResult result =
                Results.ofTrials(
                        experiment,
                        trials,
                        bench.version(),
                        Commands.live(experiment),
                        (each, seed) -> Commands.live(experiment, each, seed));
        Path page = Report.write(result, folder);
        var say = bench.terminal().out();
        say.print(Summary.text(result));
        if (!detections.isEmpty()) {
            long[] sorted = detections.stream().mapToLong(Long::longValue).sorted().toArray();
            say.println(
                    Line.of(
                            "Failures found by the group: %d, after %s in the median.",
                            sorted.length,
                            Unit.NANOSECONDS.text((double) sorted[sorted.length / 2])));
        }
        protection(barriers).ifPresent(say::println);
        if (clockErrorNanos > 0) {
            say.println(
                    Line.of(
                            "Times of different hosts may be off by %s: the order of what is"
                                    + " closer is not known.",
                            Unit.NANOSECONDS.text((double) clockErrorNanos)));
        }
        say.println("Histories: " + shown.resolve("history"));
        say.println("Report: " + shown.resolve(folder.relativize(page)));
        say.flush();
        return ExitCode.of(result.finding());
    }

    /** What protected the pages of all processes; empty if none has any. */
    static Optional<String> protection(List<Barrier> barriers) {
        if (barriers.isEmpty()) {
            return Optional.empty();
        }
        List<Barrier> real = barriers.stream().filter(Barrier::byKernel).toList();
        if (real.size() == barriers.size()) {
            return Optional.of(
                    Line.of(
                            "Pages were protected by the kernel: %d stores stopped, %d scans.",
                            real.stream().mapToLong(Barrier::stoppedStores).sum(),
                            real.stream().mapToLong(Barrier::scans).sum()));
        }
        String why =
                barriers.stream()
                        .map(Barrier::missing)
                        .filter(reason -> !reason.isEmpty())
                        .findFirst()
                        .map(reason -> ": this machine cannot, " + reason)
                        .orElse(", as was asked for");
        return Optional.of("Pages were protected by a software barrier" + why + ".");
    }

    private List<Variant> chosen(Experiment experiment) {
        return variant == null
                ? experiment.variants()
                : List.of(Workbench.variant(experiment, variant));
    }

    static LiveApplication<?> live(Variant variant) {
        LiveApplication<?> live =
                variant.subject()
                        .live()
                        .orElseThrow(() ->
                                new UserMistake(
                                        "'" + variant.label() + "' has no processes to run"));
        Optional<String> refusal = live.refusal();
        if (refusal.isPresent()) {
            throw new UserMistake(
                    "'" + variant.label() + "' cannot be run on real processes: " + refusal.get());
        }
        return live;
    }

    private List<String> overrides() {
        var all = new ArrayList<>(overrides.all());
        if (seeds != null) {
            SeedRange.read("--seeds", seeds);
            all.add(Commands.SEEDS + seeds);
        }
        return all;
    }
}
