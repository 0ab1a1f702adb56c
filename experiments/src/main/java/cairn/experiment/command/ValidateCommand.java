package cairn.experiment.command;

import cairn.experiment.campaign.Campaign;
import cairn.experiment.campaign.Journal;
import cairn.experiment.campaign.Results;
import cairn.experiment.campaign.Shard;
import cairn.experiment.campaign.Validation;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Library;
import cairn.experiment.failures.FailureLaws;
import cairn.experiment.failures.FailureTrace;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.report.Expectation;
import cairn.report.ExperimentResult;
import cairn.report.Finding;
import cairn.report.plot.Images;
import cairn.report.plot.Plot;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs every experiment that reproduces a published result, and writes what came of it. */
@Command(
        name = "validate",
        description = {
            "Holds simulations against published figures, and writes docs/validation.md.",
            "Each experiment of experiments/validation is one of them."
        },
        footer = {"", "Exits with 0 if all figures agree, 1 if one does not."})
final class ValidateCommand implements Callable<Integer> {

    private static final Path IMAGES = Path.of("images", "validation");
    private static final Pattern MODEL = Pattern.compile("(?m)^model: (.+)$");

    private static final String AGAINST_REALITY = "\n## Simulation against reality\n";

    private final Workbench bench;
    private final StringBuilder page = new StringBuilder();
    private Finding finding = Finding.HOLDS;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where validation.md and its plots go; otherwise ${DEFAULT-VALUE}.")
    private Path out = Path.of("docs");

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "Other seeds than the files', for a quick look.")
    private String seeds = "";

    @Option(
            names = "--failures",
            paramLabel = "FILE",
            description =
                    "Failures in the layout of the Los Alamos data, to be fitted too; they are not"
                            + " shipped.")
    private @Nullable Path failures;

    ValidateCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        List<Library.Entry> entries = Library.validation(bench.terminal().folder());
        if (entries.isEmpty()) {
            throw new UserMistake(
                    Library.VALIDATION
                            + ": there are no experiments here; run it in Cairn's folder");
        }
        Path folder = bench.terminal().resolve(out);
        ResultsFolder.make(folder.resolve(IMAGES), out.resolve(IMAGES));
        begin();
        for (Library.Entry entry : entries) {
            validate(entry, folder);
        }
        failures(folder);
        Path written = folder.resolve("validation.md");
        page.append(againstReality(written));
        Files.writeString(written, page);
        bench.terminal().out().println("Written: " + out.resolve("validation.md"));
        bench.terminal().out().flush();
        return ExitCode.of(finding);
    }

    private void begin() {
        page.append("# Published results, simulated\n\n");
        page.append(
                """
                A simulator is believed when it reproduces what is known. Each section is an experiment with the figures that
                were published, or that follow from a closed form in the publication, and with the deviation that is allowed:
                the tolerance in its file, or three standard errors if that is more. `./cairn validate` runs all of them and
                writes this page.
                """);
    }

    /**
     * What the page says of runs on real processes, which depend on the machine and are not made
     * here.
     */
    private static String againstReality(Path written) throws IOException {
        String former = Files.exists(written) ? Files.readString(written) : "";
        int begin = former.indexOf(AGAINST_REALITY);
        return begin < 0 ? "" : former.substring(begin);
    }

    private void failures(Path folder) throws IOException {
        page.append("\n## failure-laws\n\n");
        Path file = failures;
        if (file == null) {
            page.append("Recorded failures are fitted by laws with `./cairn validate --failures");
            page.append(" FILE`; the data of Los Alamos National Laboratory is not shipped.\n");
            return;
        }
        var laws = new FailureLaws(FailureTrace.read(bench.terminal().resolve(file)));
        finding = finding.and(laws.finding());
        bench.terminal().out().println(Line.of("%-26s %s", "failure-laws", laws.finding().words()));
        page.append(laws.section());
        Path image = IMAGES.resolve("failure-laws.png");
        Files.write(folder.resolve(image), Images.png(laws.plot()));
        page.append("\n![").append(laws.plot().caption()).append("](");
        page.append(image.toString().replace('\\', '/')).append(")\n");
    }

    private void validate(Library.Entry entry, Path folder) throws IOException {
        List<String> overrides = seeds.isEmpty() ? List.of() : List.of("seeds=" + seeds);
        Experiment experiment = bench.experiment(Path.of(entry.file()), overrides);
        Path shown = Path.of("results", experiment.name());
        Path results = bench.terminal().resolve(shown);
        ResultsFolder.make(results, shown);
        try (Journal journal =
                Journal.begin(results.resolve(Journal.FILE), experiment, bench.version())) {
            var campaign =
                    new Campaign(
                            experiment,
                            Runtime.getRuntime().availableProcessors(),
                            new ProgressBar(
                                    bench.terminal().err(),
                                    bench.terminal().interactive(),
                                    System::nanoTime),
                            journal,
                            Shard.WHOLE);
            campaign.run();
            Results found = campaign.results(List.of());
            tell(entry, experiment, found.result(bench.version(), ""), folder);
        }
    }

    /** Says so where no protocol was run. */
    private static String model(Experiment experiment) {
        Matcher model = MODEL.matcher(experiment.configuration().text());
        return model.find()
                ? " The figures come from the model `"
                        + model.group(1)
                        + "`, not from a simulated protocol."
                : "";
    }

    private void tell(
            Library.Entry entry, Experiment experiment, ExperimentResult result, Path folder)
            throws IOException {
        Validation validation = Validation.of(experiment, result);
        finding = finding.and(result.finding());
        bench.terminal()
                .out()
                .println(
                        Line.of(
                                "%-26s %s: %s",
                                experiment.name(), result.finding().words(), validation.summary()));
        bench.terminal().out().flush();
        page.append("\n## ").append(experiment.name()).append("\n\n");
        page.append(experiment.question()).append(" **");
        page.append(result.finding().words()).append("**, ").append(validation.summary());
        page.append(". File, sources and formulas: [");
        page.append(entry.file()).append("](../").append(entry.file()).append(").");
        page.append(model(experiment)).append("\n\n");
        page.append(validation.tables());
        for (Expectation expectation : result.expectations()) {
            if (expectation.finding() != Finding.HOLDS) {
                page.append("\nNot met: ").append(expectation.text());
                page.append(" (").append(expectation.observed()).append(").\n");
            }
        }
        Optional<Plot> plot = validation.plot();
        if (plot.isPresent()) {
            Path image = IMAGES.resolve(experiment.name() + ".png");
            Files.write(folder.resolve(image), Images.png(plot.get()));
            page.append("\n![").append(plot.get().caption()).append("](");
            page.append(image.toString().replace('\\', '/')).append(")\n");
        }
    }
}
