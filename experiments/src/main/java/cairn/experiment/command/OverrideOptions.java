package cairn.experiment.command;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** The option that changes what an experiment file says. */
final class OverrideOptions {

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description =
                    "A value in the place of the file's, such as settings.persist=two-sided; may be"
                            + " given again.")
    private List<String> overrides = new ArrayList<>();

    List<String> all() {
        return List.copyOf(overrides);
    }
}
