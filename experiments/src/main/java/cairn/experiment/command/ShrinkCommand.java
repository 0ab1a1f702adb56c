package cairn.experiment.command;

import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Investigation;
import cairn.experiment.campaign.Results;
import cairn.experiment.campaign.Violation;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** Finds the shortest answers with which a trial still breaks what it breaks. */
@Command(
        name = "shrink",
        description =
                "Finds the shortest answers with which a trial still violates what it violates.",
        footer = {
            "",
            "Example:",
            "  ./cairn shrink experiments/library/persist-methods.yaml --seed 3 --variant LABEL"
        })
final class ShrinkCommand implements Callable<Integer> {

    private final Workbench bench;

    @Mixin private TrialOptions trial = new TrialOptions();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the answers go; otherwise results/NAME.")
    private @Nullable Path out;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How many runs it may take; otherwise ${DEFAULT-VALUE}.")
    private int runs = 5_000;

    ShrinkCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = trial.experiment(bench);
        Variant variant = Workbench.variant(experiment, trial.variant());
        Long given = trial.seed();
        long seed = given == null ? experiment.seeds().getFirst() : given;
        if (runs < 1) {
            throw new UserMistake("--runs: at least one: " + runs);
        }
        Outcome outcome = variant.subject().run(new SeededChoices(seed), null);
        List<PropertyOutcome> violated =
                outcome.properties().stream()
                        .filter(judged -> judged.finding() == Finding.VIOLATED)
                        .toList();
        var say = bench.terminal().out();
        if (violated.isEmpty()) {
            say.println(
                    Line.of(
                            "Seed %d of %s violates nothing; there is nothing to shrink.",
                            seed, variant.label()));
            return ExitCode.HOLDS;
        }
        List<Violation> violations =
                violated.stream()
                        .map(judged ->
                                new Investigation(variant, judged.id(), () -> false)
                                        .shrink(seed, runs))
                        .toList();
        Path shown = out == null ? Path.of("results", experiment.name()) : out;
        ResultsFolder.make(bench.terminal().resolve(shown), shown);
        var results = Results.ofViolations(experiment, violations);
        results.writeViolations(bench.terminal().resolve(shown), bench.version());
        for (Violation violation : violations) {
            Path answers = shown.resolve(results.answers(violation));
            say.println(
                    Line.of("%s is violated: %s", violation.property(), violation.explanation()));
            say.println(
                    Line.of(
                            "  %d of %d answers suffice: %s",
                            violation.answers().size(), violation.recorded(), answers));
            violation.answers().stream().limit(20).forEach(answer -> say.println("    " + answer));
            say.println("  replay it: " + Commands.replay(experiment, answers.toString()));
        }
        return ExitCode.VIOLATED;
    }
}
