package cairn.experiment.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.util.List;

/** What the user wrote on the command line. */
final class Words {

    private Words() {}

    /** All words, the names of commands included. */
    static List<String> of(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("a command without a command line");
        }
        CommandLine line = spec.commandLine();
        while (line.getParent() != null) {
            line = line.getParent();
        }
        return line.getParseResult().originalArgs();
    }
}
