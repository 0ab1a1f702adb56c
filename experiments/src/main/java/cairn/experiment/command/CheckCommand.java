package cairn.experiment.command;

import cairn.experiment.campaign.Lockstep;
import cairn.experiment.campaign.Lockstep.Comparison;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.fault.SeededChoices;

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
            code = comparison.difference().isEmpty() ? code : ExitCode.VIOLATED;
        }
        return code;
    }

    private void tell(Variant variant, long seed, Comparison comparison) {
        var say = bench.terminal().out();
        if (comparison.difference().isEmpty()) {
            say.println(
                    Line.of(
                            "%s, seed %d: the same twice, %,d events, digest %s",
                            variant.label(), seed, comparison.events(), comparison.digest()));
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
