package cairn.experiment.command;

import cairn.experiment.file.UserMistake;
import cairn.report.SideBySide;
import cairn.report.StoredResult;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Puts two result folders side by side. */
@Command(
        name = "compare",
        description =
                "Puts two result folders side by side; differences are tested in pairs where seeds"
                        + " match.",
        footer = {"", "Example:", "  ./cairn compare results/before results/after"})
final class CompareCommand implements Callable<Integer> {

    private final Workbench bench;

    @Parameters(index = "0", paramLabel = "A", description = "A folder that a run wrote.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Another one, held against A.")
    private Path second = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where compare.html goes; otherwise results/compare.")
    private Path out = Path.of("results", "compare");

    CompareCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        SideBySide both;
        StoredResult one = read(first);
        StoredResult other = read(second);
        try {
            both = new SideBySide(one, other);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("compare: " + e.getMessage());
        }
        Path folder = bench.terminal().resolve(out);
        ResultsFolder.make(folder, out);
        Files.writeString(folder.resolve("compare.html"), both.html());
        var say = bench.terminal().out();
        say.print(both.text());
        say.println("Page: " + out.resolve("compare.html"));
        say.flush();
        return ExitCode.HOLDS;
    }

    private StoredResult read(Path folder) throws IOException {
        Path resolved = bench.terminal().resolve(folder);
        if (!Files.isRegularFile(resolved.resolve("results.json"))) {
            throw new UserMistake(
                    folder + ": no results.json there; name a folder that ./cairn run wrote");
        }
        try {
            return StoredResult.read(resolved);
        } catch (IllegalArgumentException e) {
            throw new UserMistake(folder.resolve("results.json") + ": " + e.getMessage());
        }
    }
}
