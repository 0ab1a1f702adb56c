package cairn.experiment.command;

import cairn.experiment.campaign.Assessment;
import cairn.experiment.campaign.Campaign;
import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Results;
import cairn.experiment.campaign.Trial;
import cairn.experiment.campaign.Violation;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.SeedRange;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.report.ExperimentResult;
import cairn.report.Summary;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** Runs an experiment and writes its report. */
@Command(
        name = "run",
        description = "Runs an experiment and writes its report.",
        footer = {
            "",
            "Example:",
            "  ./cairn run experiments/library/quickstart.yaml --seeds 1..100",
            "",
            "Exits with 0 if all that the file expects was met, 1 if a property was violated that",
            "should not be, 2 if the file is wrong, 3 if nothing can be said."
        })
final class RunCommand implements Callable<Integer> {

    private static final int SHRINKING_RUNS = 400;
    private static final int MOST_SHOWN = 10;

    private final Workbench bench;

    @Parameters(paramLabel = "FILE", description = "An experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the report goes; otherwise results/NAME.")
    private @Nullable Path out;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "Other seeds than the file's: 7, or 1..100.")
    private @Nullable String seeds;

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Trials at a time; otherwise one for each core.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    RunCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = bench.experiment(file, overrides());
        if (jobs < 1 || jobs > 1024) {
            throw new UserMistake("--jobs: at least one at a time and at most 1024: " + jobs);
        }
        Path shown = out == null ? Path.of("results", experiment.name()) : out;
        Path folder = bench.terminal().resolve(shown);
        refuseFile(folder, shown);
        makeFolder(folder, shown);
        var progress =
                new ProgressBar(
                        bench.terminal().err(), bench.terminal().interactive(), System::nanoTime);
        var campaign = new Campaign(experiment, jobs, progress);
        try (Interruption interruption = bench.interruption(campaign::stop)) {
            int code = run(experiment, campaign, folder, shown);
            return interruption.happened() ? ExitCode.INTERRUPTED : code;
        }
    }

    private List<String> overrides() {
        var all = new ArrayList<>(overrides.all());
        if (seeds != null) {
            SeedRange.read("--seeds", seeds);
            all.add(Commands.SEEDS + seeds);
        }
        return all;
    }

    private static void refuseFile(Path folder, Path shown) {
        for (Path part = folder; part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                throw new UserMistake(
                        "--out: " + shown + " is not a folder, nor can it be made one");
            }
        }
    }

    /** Before the trials: their results would be lost. */
    private static void makeFolder(Path folder, Path shown) {
        boolean made;
        try {
            made = Files.isWritable(Files.createDirectories(folder));
        } catch (IOException e) {
            made = false;
        }
        if (!made) {
            throw new UserMistake("--out: cannot write to " + shown + "; name another folder");
        }
    }

    private int run(Experiment experiment, Campaign campaign, Path folder, Path shown)
            throws IOException {
        List<List<Trial>> trials = campaign.run();
        List<Violation> violations = campaign.investigate(trials, SHRINKING_RUNS);
        var results = new Results(experiment, trials, violations);
        ExperimentResult result = results.result(bench.version(), Commands.run(experiment));
        Path page = results.write(folder, result);
        var say = bench.terminal().out();
        say.print(Summary.text(result));
        // What nobody expected comes first.
        violations.stream()
                .sorted(Comparator.comparing(violation -> isExpected(experiment, violation)))
                .limit(MOST_SHOWN)
                .forEach(violation -> tell(experiment, results, violation, shown));
        if (violations.size() > MOST_SHOWN) {
            say.println(
                    Line.of(
                            "... and %d more in %s",
                            violations.size() - MOST_SHOWN, shown.resolve("violations")));
        }
        if (campaign.isStopped()) {
            say.println(
                    Line.of(
                            "Stopped: the report holds the %d trials that were finished.",
                            result.trials()));
        }
        say.println("Report: " + shown.resolve(folder.relativize(page)));
        say.flush();
        return ExitCode.of(result.finding());
    }

    private void tell(Experiment experiment, Results results, Violation violation, Path shown) {
        boolean expected = isExpected(experiment, violation);
        Path answers = shown.resolve(results.answers(violation));
        var say = bench.terminal().out();
        say.println(
                Line.of(
                        "%s is violated by %s under seed %d%s",
                        violation.property(),
                        violation.variant().label(),
                        violation.seed(),
                        expected ? ", as expected" : ": " + violation.explanation()));
        say.println("  replay it: " + Commands.replay(experiment, answers.toString()));
        say.println(
                Line.of(
                        "  answers:   %s (%d of %d, shrunk)",
                        answers, violation.answers().size(), violation.recorded()));
    }

    private static boolean isExpected(Experiment experiment, Violation violation) {
        return Assessment.isExpected(experiment, violation.variant(), violation.property());
    }
}
