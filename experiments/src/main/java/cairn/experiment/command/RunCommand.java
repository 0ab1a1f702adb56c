package cairn.experiment.command;

import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Shard;
import cairn.experiment.campaign.TrialRunner;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.SeedRange;
import cairn.experiment.file.UserMistake;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
            "  ./cairn run FILE --set 'faults.crash.every=6 h' --resume",
            "",
            "Exits with 0 if all that the file expects was met, 1 if a property was violated that",
            "should not be, 2 if the file is wrong, 3 if nothing can be said."
        })
final class RunCommand implements Callable<Integer> {

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

    @Option(
            names = "--resume",
            description =
                    "Go on where an earlier run of the same experiment was stopped or killed.")
    private boolean resume;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description =
                    "Run only this part of the trials, without a report; ./cairn merge puts the"
                            + " parts together.")
    private @Nullable String part;

    RunCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = bench.experiment(file, overrides());
        if (jobs < 1 || jobs > 1024) {
            throw new UserMistake("--jobs: at least one at a time and at most 1024: " + jobs);
        }
        Shard shard = part == null ? Shard.WHOLE : Shard.read("--shard", part);
        if (!shard.isWhole() && experiment.target().isPresent()) {
            throw new UserMistake(
                    "--shard: 'until' needs all trials to decide how many are enough; set the"
                            + " number of seeds instead");
        }
        return new CampaignRun(bench, experiment, out, resume)
                .run(shard, jobs, TrialRunner.threads(experiment, jobs));
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
