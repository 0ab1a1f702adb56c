package cairn.experiment.command;

import cairn.experiment.catalogue.ProtocolForm;
import cairn.experiment.definition.Reference;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.file.Suggestion;
import cairn.experiment.file.UserMistake;
import cairn.experiment.models.Models;
import cairn.experiment.reference.StartingFile;
import cairn.model.Protocol;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Writes an experiment file to begin with. */
@Command(
        name = "new",
        description = "Writes a commented experiment file that runs as it is.",
        footer = {"", "Example:", "  ./cairn new my-experiment.yaml --protocol local-disk"})
final class NewCommand implements Callable<Integer> {

    private final Workbench bench;

    @Parameters(paramLabel = "FILE", description = "The file to write; it must not be there yet.")
    private Path file = Path.of("");

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            description = "What it tries; otherwise the first of ./cairn list protocols.")
    private @Nullable String protocol;

    NewCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        List<String> names = bench.catalogue().protocolNames();
        String chosen = protocol == null ? names.getFirst() : protocol;
        if (!names.contains(chosen)) {
            throw new UserMistake(
                    "--protocol: unknown protocol '" + chosen + "'" + Suggestion.of(chosen, names));
        }
        ProtocolForm form = bench.catalogue().protocol(chosen);
        var reader = new ScenarioReader(bench.catalogue());
        Protocol<?> usual = reader.usual(chosen);
        // What survives nothing is no place to begin with faults.
        Optional<String> role =
                usual.promise().survives().isEmpty()
                        ? Optional.empty()
                        : Optional.of(usual.seats().getFirst().role());
        String text =
                StartingFile.of(
                        new Reference(bench.catalogue(), Models.all()).keys(),
                        name(),
                        chosen,
                        form.summary(),
                        reader.usual(form),
                        role);
        write(text.replace("FILE", file.toString()));
        bench.terminal().out().println("Run it: ./cairn run " + file);
        bench.terminal().out().flush();
        return ExitCode.HOLDS;
    }

    private String name() {
        Path last = file.getFileName();
        String name = last == null ? "" : last.toString().replaceFirst("\\.ya?ml$", "");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,63}")) {
            throw new UserMistake(
                    "'"
                            + file
                            + "' names the experiment too: lower-case letters, digits and hyphens,"
                            + " such as 'my-experiment.yaml'");
        }
        return name;
    }

    private void write(String text) throws IOException {
        Path path = bench.terminal().resolve(file);
        if (Files.exists(path)) {
            throw new UserMistake(file + ": is there already; name another file");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UserMistake(file + ": cannot be written there; is the folder there?");
        }
        Files.writeString(path, text, StandardOpenOption.CREATE_NEW);
    }
}
