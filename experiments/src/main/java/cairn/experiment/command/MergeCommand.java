package cairn.experiment.command;

import cairn.experiment.campaign.Campaign;
import cairn.experiment.campaign.Header;
import cairn.experiment.campaign.Journal;
import cairn.experiment.campaign.Progress;
import cairn.experiment.campaign.Shard;
import cairn.experiment.definition.Experiment;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** Puts the parts of a campaign together and writes its report. */
@Command(
        name = "merge",
        description = {
            "Puts the parts of a campaign together, which were run with --shard, and writes the"
                    + " report.",
            "The result is that of one run, to the byte."
        },
        footer = {
            "",
            "Example, in a job array of 8:",
            "  ./cairn run FILE --shard $TASK/8      on each machine, with a common folder",
            "  ./cairn merge results/NAME            when all are there"
        })
final class MergeCommand implements Callable<Integer> {

    private final Workbench bench;

    @Parameters(
            arity = "1..*",
            paramLabel = "PART",
            description = "Folders of parts, or their journals (trials.*.jsonl).")
    private List<Path> parts = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the report goes; otherwise to the parts, if they are of one folder,"
                            + " or to results/NAME.")
    private @Nullable Path out;

    MergeCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        List<Path> journals = journals();
        Path first = journals.getFirst();
        Experiment experiment =
                bench.experiment(Header.read(bench.terminal().resolve(first), first.toString()));
        Path shown = out == null ? besideTheParts(experiment) : out;
        Path folder = bench.terminal().resolve(shown);
        // Before anything is written: each must be of the same experiment and version.
        List<Journal> opened = new ArrayList<>();
        for (Path journal : journals) {
            opened.add(
                    Journal.resume(
                            bench.terminal().resolve(journal),
                            journal.toString(),
                            experiment,
                            bench.version()));
        }
        ResultsFolder.make(folder, shown);
        try (Journal whole =
                Journal.begin(folder.resolve(Journal.FILE), experiment, bench.version())) {
            for (Journal part : opened) {
                whole.addAll(part);
                part.close();
            }
            whole.order();
            return conclude(experiment, whole, folder, shown);
        }
    }

    private Path besideTheParts(Experiment experiment) {
        return parts.size() == 1 && Files.isDirectory(bench.terminal().resolve(parts.getFirst()))
                ? parts.getFirst()
                : Path.of("results", experiment.name());
    }

    private int conclude(Experiment experiment, Journal whole, Path folder, Path shown)
            throws IOException {
        int all = experiment.variants().size() * experiment.seeds().size();
        if (experiment.target().isEmpty() && whole.finished() < all) {
            bench.terminal()
                    .err()
                    .println(
                            Line.of(
                                    "%d of %d trials are missing: is a part?",
                                    all - whole.finished(), all));
            bench.terminal().err().flush();
        }
        var campaign =
                new Campaign(
                        experiment,
                        Runtime.getRuntime().availableProcessors(),
                        Progress.SILENT,
                        whole,
                        Shard.WHOLE);
        campaign.take();
        return new Conclusion(bench, experiment, campaign).write(folder, shown);
    }

    /** Of a folder, its parts; of a file, itself. */
    private List<Path> journals() throws IOException {
        var journals = new ArrayList<Path>();
        for (Path part : parts) {
            Path place = bench.terminal().resolve(part);
            if (Files.isRegularFile(place)) {
                journals.add(part);
                continue;
            }
            if (!Files.isDirectory(place)) {
                throw new UserMistake(part + ": there is no such folder or file");
            }
            var found = new ArrayList<Path>();
            try (DirectoryStream<Path> files =
                    Files.newDirectoryStream(place, "trials.*-of-*.jsonl")) {
                files.forEach(file -> found.add(part.resolve(file.getFileName())));
            }
            if (found.isEmpty()) {
                throw new UserMistake(
                        part + ": holds no part of a campaign, such as 'trials.1-of-8.jsonl'");
            }
            Collections.sort(found);
            journals.addAll(found);
        }
        return journals;
    }
}
