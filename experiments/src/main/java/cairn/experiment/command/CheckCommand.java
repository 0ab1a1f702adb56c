package cairn.experiment.command;

import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Lockstep;
import cairn.experiment.campaign.Lockstep.Comparison;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.trial.Outcome;
import cairn.fault.SeededChoices;
import cairn.report.PropertyOutcome;
import cairn.verification.Breach;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.List;
import java.util.concurrent.Callable;

/** Runs trials twice and compares them event by event. */
@Command(
        name = "check",
        description = {
            "Runs a trial of each variant twice in lock-step and names the first event that"
                    + " differs.",
            "One that differs is a bug in the testbed or in the protocol: it asked something else"
                    + " than its choices."
        },
        footer = {"", "Example:", "  ./cairn check experiments/library/quickstart.yaml --seed 7"})
final class CheckCommand implements Callable<Integer> {

    private final Workbench bench;

    @Mixin private TrialOptions trial = new TrialOptions();

    CheckCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        Experiment experiment = trial.experiment(bench);
        Long given = trial.seed();
        long seed = given == null ? experiment.seeds().getFirst() : given;
        List<Variant> variants =
                trial.variant() == null
                        ? experiment.variants()
                        : List.of(Workbench.variant(experiment, trial.variant()));
        int code = ExitCode.HOLDS;
        for (Variant variant : variants) {
            Comparison comparison =
                    new Lockstep(variant.subject(), () -> new SeededChoices(seed)).compare();
            tell(variant, seed, comparison);
            boolean breaksOff = tellHowItBreaksOff(experiment, variant, seed, comparison);
            boolean fine = comparison.difference().isEmpty() && !breaksOff;
            code = fine ? code : ExitCode.VIOLATED;
        }
        return code;
    }

    /** A run that threw or was stuck had no end that could be compared: that is said as well. */
    private boolean tellHowItBreaksOff(
            Experiment experiment, Variant variant, long seed, Comparison comparison) {
        var say = bench.terminal().out();
        List<PropertyOutcome> broken =
                comparison.outcome().stream()
                        .flatMap(outcome -> outcome.properties().stream())
                        .filter(judged -> Breach.isOfRun(judged.id()))
                        .toList();
        for (PropertyOutcome judged : broken) {
            say.println(
                    Line.of(
                            "%s is violated by %s under seed %d: %s",
                            judged.id(), variant.label(), seed, judged.explanation()));
            say.println("  replay it: " + Commands.replay(experiment, variant, seed));
        }
        return !broken.isEmpty();
    }

    private void tell(Variant variant, long seed, Comparison comparison) {
        var say = bench.terminal().out();
        if (comparison.difference().isEmpty()) {
            say.println(
                    Line.of(
                            "%s, seed %d: the same twice, %,d events, digest %s",
                            variant.label(),
                            seed,
                            comparison.events(),
                            comparison.outcome().map(Outcome::digest).orElse("")));
            return;
        }
        say.println(
                Line.of(
                        "%s, seed %d: two runs differ after %,d events that were the same",
                        variant.label(), seed, comparison.events()));
        say.println("  one:   " + comparison.difference().getFirst());
        say.println("  other: " + comparison.difference().getLast());
    }
}
