package cairn.experiment.command;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;

/** The options of commands that are about one trial. */
final class TrialOptions {

    @Parameters(paramLabel = "FILE", description = "An experiment file.")
    private Path file = Path.of("");

    @Option(
            names = "--variant",
            paramLabel = "LABEL",
            description = "Which variant, if the experiment has several.")
    private @Nullable String variant;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the trial.")
    private @Nullable Long seed;

    Path file() {
        return file;
    }

    @Nullable String variant() {
        return variant;
    }

    @Nullable Long seed() {
        return seed;
    }
}
