package cairn.experiment.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Campaigns for which one machine is too small. */
@Command(
        name = "spark",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Runs the trials of a campaign on the machines of an Apache Spark cluster.",
            "docs/spark.md says what it takes."
        },
        footer = {"", "Example:", "  ./cairn spark run FILE --master spark://head:7077"})
final class SparkCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new ParameterException(line, "spark: say what to do: run");
    }
}
