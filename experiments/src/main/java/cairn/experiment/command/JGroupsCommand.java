package cairn.experiment.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** JGroups in virtual time. */
@Command(
        name = "jgroups",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Runs groups of the unmodified JGroups stack in virtual time, reproducible by seed.",
            "docs/virtual-jgroups.md says how, and what it promises."
        },
        footer = {
            "",
            "Examples:",
            "  ./cairn jgroups detect                          how long until a failure is noticed",
            "  ./cairn jgroups storm --seeds 500               each seed twice: same course?",
            "  ./cairn jgroups search --rule UNIQUE-COUNTS     finds, shrinks, tells"
        })
final class JGroupsCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new ParameterException(line, "jgroups: say what to do: detect, storm, search");
    }
}
