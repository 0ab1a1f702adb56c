package cairn.experiment.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** The same protocols on real processes. */
@Command(
        name = "cluster",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Runs protocols as processes over JGroups, with real files, real time and real faults.",
            "docs/cluster.md says what is real and what is not."
        },
        footer = {
            "",
            "Examples:",
            "  ./cairn cluster run experiments/live/local-disk.yaml",
            "  ./cairn cluster soak experiments/live/soak.yaml --for '10 min'",
            "  ./cairn cluster speed"
        })
final class ClusterCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new ParameterException(line, "cluster: say what to do: run, soak or speed");
    }
}
