package cairn.experiment.command;

import cairn.experiment.definition.Experiment;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
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

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    /** The experiment of the file. */
    Experiment experiment(Workbench bench) {
        return bench.experiment(file, overrides.all());
    }

    @Nullable String variant() {
        return variant;
    }

    @Nullable Long seed() {
        return seed;
    }
}
