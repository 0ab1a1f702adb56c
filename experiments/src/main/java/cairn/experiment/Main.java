package cairn.experiment;

import cairn.experiment.catalogue.Catalogue;
import cairn.experiment.catalogue.ProtocolJars;
import cairn.experiment.catalogue.Shipped;
import cairn.experiment.command.CommandLineTool;
import cairn.experiment.command.ExitCode;
import cairn.experiment.command.Terminal;
import cairn.experiment.command.Workbench;
import cairn.experiment.definition.ModelReader;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.file.UserMistake;
import cairn.experiment.models.Models;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where the command line begins. */
public final class Main {

    private Main() {}

    public static void main(String[] words) {
        var terminal =
                new Terminal(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                        Path.of(""),
                        isWatched());
        Catalogue catalogue;
        try {
            catalogue =
                    Shipped.catalogue()
                            .withJars(
                                    ProtocolJars.read(
                                            System.getenv().getOrDefault(ProtocolJars.VARIABLE, ""),
                                            terminal.folder()));
        } catch (UserMistake mistake) {
            terminal.err().println(mistake.getMessage());
            System.exit(ExitCode.WRONG_INPUT);
            return;
        }
        String version =
                Objects.requireNonNullElse(
                        Main.class.getPackage().getImplementationVersion(), "development");
        var tool =
                new CommandLineTool(
                        new Workbench(
                                terminal,
                                catalogue,
                                new ModelReader(Models.all(), new ScenarioReader(catalogue)),
                                version));
        System.exit(tool.execute(words));
    }

    /** Whether a person sees progress: a terminal is there and no continuous integration. */
    private static boolean isWatched() {
        String type = System.getenv("TERM");
        return type != null
                && !type.equals("dumb")
                && System.getenv("CI") == null
                && Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
