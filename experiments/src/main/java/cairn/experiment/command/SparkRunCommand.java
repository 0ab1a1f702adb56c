package cairn.experiment.command;

import cairn.experiment.campaign.ClusterRunner;
import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Shard;
import cairn.experiment.campaign.TrialCluster;
import cairn.experiment.catalogue.ProtocolJars;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;

/** Runs an experiment's trials on a cluster and writes its report here. */
@Command(
        name = "run",
        description = {
            "Runs an experiment on Apache Spark and writes its report.",
            "The result is that of ./cairn run, to the byte."
        },
        footer = {
            "",
            "Examples:",
            "  ./cairn spark run FILE                                 on the cores of this machine",
            "  ./cairn spark run FILE --master spark://head:7077 --resume",
            "",
            "Exits like ./cairn run."
        })
final class SparkRunCommand implements Callable<Integer> {

    private final Workbench bench;

    @Parameters(paramLabel = "FILE", description = "An experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Where the cluster is: spark://HOST:PORT, local[N]; otherwise local[*].")
    private String master = "local[*]";

    @Option(
            names = "--conf",
            paramLabel = "NAME=VALUE",
            description = "A setting of Spark's: spark.executor.memory=2g; may be given again.")
    private Map<String, String> settings = new LinkedHashMap<>();

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
            names = "--resume",
            description =
                    "Go on where an earlier run of the same experiment was stopped or killed.")
    private boolean resume;

    SparkRunCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        if (!bench.catalogue().jars().isEmpty()) {
            throw new UserMistake(
                    "spark: its workers have no protocols of jars; unset "
                            + ProtocolJars.VARIABLE
                            + ", or use ./cairn run");
        }
        Experiment experiment = bench.experiment(file, overrides());
        TrialCluster cluster =
                ServiceLoader.load(TrialCluster.class)
                        .findFirst()
                        .orElseThrow(() ->
                                new UserMistake(
                                        "spark: its classes are not here; ./cairn in the folder of"
                                                + " Cairn's sources brings them"));
        try (ClusterRunner runner =
                cluster.connect(
                        experiment, bench.version(), master, new LinkedHashMap<>(settings))) {
            return new CampaignRun(bench, experiment, out, resume)
                    .run(Shard.WHOLE, Runtime.getRuntime().availableProcessors(), runner);
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
}
