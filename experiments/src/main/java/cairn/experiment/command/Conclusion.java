package cairn.experiment.command;

import cairn.experiment.campaign.Assessment;
import cairn.experiment.campaign.Campaign;
import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Results;
import cairn.experiment.campaign.Violation;
import cairn.experiment.definition.Experiment;
import cairn.experiment.file.Line;
import cairn.report.ExperimentResult;
import cairn.report.Summary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** What follows when the trials of a campaign are there: violations shrunk, report, verdict. */
final class Conclusion {

    private static final int SHRINKING_RUNS = 400;
    private static final int MOST_SHOWN = 10;

    private final Workbench bench;
    private final Experiment experiment;
    private final Campaign campaign;

    Conclusion(Workbench bench, Experiment experiment, Campaign campaign) {
        this.bench = bench;
        this.experiment = experiment;
        this.campaign = campaign;
    }

    /** Writes the report to a folder, called as the user sees it, and returns the exit code. */
    int write(Path folder, Path shown) throws IOException {
        List<Violation> violations = campaign.investigate(SHRINKING_RUNS);
        Results results = campaign.results(violations);
        ExperimentResult result = results.result(bench.version(), Commands.run(experiment));
        Path page = results.write(folder, result);
        var say = bench.terminal().out();
        say.print(Summary.text(result));
        // What nobody expected comes first.
        violations.stream()
                .sorted(Comparator.comparing(this::isExpected))
                .limit(MOST_SHOWN)
                .forEach(violation -> tell(results, violation, shown));
        if (violations.size() > MOST_SHOWN) {
            say.println(
                    Line.of(
                            "... and %d more in %s",
                            violations.size() - MOST_SHOWN, shown.resolve("violations")));
        }
        if (campaign.isStopped()) {
            say.println(
                    Line.of(
                            "Stopped: the report holds the %d trials that were finished; --resume"
                                    + " goes on.",
                            result.trials()));
        }
        say.println("Report: " + shown.resolve(folder.relativize(page)));
        say.flush();
        return ExitCode.of(result.finding());
    }

    private void tell(Results results, Violation violation, Path shown) {
        boolean expected = isExpected(violation);
        Path answers = shown.resolve(results.answers(violation));
        var say = bench.terminal().out();
        say.println(
                Line.of(
                        "%s is violated by %s under seed %d%s",
                        violation.property(),
                        violation.variant().label(),
                        violation.seed(),
                        expected ? ", as expected" : ": " + violation.explanation()));
        say.println("  replay it: " + Commands.replay(experiment, answers.toString()));
        say.println(
                Line.of(
                        "  answers:   %s (%d of %d, shrunk)",
                        answers, violation.answers().size(), violation.recorded()));
    }

    private boolean isExpected(Violation violation) {
        return Assessment.isExpected(experiment, violation.variant(), violation.property());
    }
}
