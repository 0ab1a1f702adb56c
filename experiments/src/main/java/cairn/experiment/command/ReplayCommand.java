package cairn.experiment.command;

import cairn.experiment.campaign.AnswersFile;
import cairn.experiment.campaign.Commands;
import cairn.experiment.campaign.Origin;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.DrawnRun;
import cairn.experiment.trial.Outcome;
import cairn.fault.RecordingChoices;
import cairn.fault.ReplayedChoices;
import cairn.fault.SeededChoices;
import cairn.report.Finding;
import cairn.report.PropertyOutcome;
import cairn.report.statistics.Unit;
import cairn.report.trace.TracePage;
import cairn.verification.Breach;
import cairn.verification.Story;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Runs one trial again, from a seed or from recorded answers. */
@Command(
        name = "replay",
        description = "Runs one trial again, from its seed or from recorded answers.",
        footer = {
            "",
            "Examples:",
            "  ./cairn replay experiments/library/quickstart.yaml --seed 7 --trace",
            "  ./cairn replay experiments/library/quickstart.yaml --seed 7 --view",
            "  ./cairn replay FILE --answers results/NAME/violations/VARIANT.dur.answers --trace"
        })
final class ReplayCommand implements Callable<Integer> {

    private final Workbench bench;

    @Mixin private TrialOptions trial = new TrialOptions();

    @Option(
            names = "--answers",
            paramLabel = "PATH",
            description = "Answers that a violation left; all others are calm.")
    private @Nullable Path answers;

    @Option(
            names = "--trace",
            description =
                    "Print every event of the run, with its virtual time, and not only what led to"
                            + " a violation.")
    private boolean trace;

    @Option(
            names = "--view",
            description =
                    "Write trace.html, a diagram of the run to walk through, and print no"
                            + " timeline.")
    private boolean view;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where trace.html goes; otherwise results/NAME.")
    private @Nullable Path out;

    ReplayCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = trial.experiment(bench);
        String label = trial.variant();
        RecordingChoices choices;
        @Nullable AnswersFile recorded = null;
        if (answers != null) {
            if (trial.seed() != null) {
                throw new UserMistake(
                        "--seed and --answers: give one of them; recorded answers need no seed");
            }
            recorded = AnswersFile.read(bench.terminal().resolve(answers), answers.toString());
            boolean named =
                    label == null
                            && !recorded.variant().isEmpty()
                            && experiment.variants().size() > 1;
            label = named ? recorded.variant() : label;
            choices = new RecordingChoices(new ReplayedChoices(recorded.answers()));
        } else {
            Long seed = trial.seed();
            choices =
                    new RecordingChoices(
                            new SeededChoices(seed == null ? experiment.seeds().getFirst() : seed));
        }
        Variant variant = Workbench.variant(experiment, label);
        if (recorded != null) {
            Origin here = Origin.of(experiment, bench.version());
            recorded.origin()
                    .difference(here)
                    .ifPresent(what ->
                            bench.terminal().out().println(answers + " was written " + what));
        }
        if (recorded != null && Breach.isOfRun(recorded.property()) && !view) {
            return retell(variant, recorded);
        }
        int code = view ? draw(experiment, variant, choices) : replay(variant, choices);
        if (recorded != null) {
            tellWhatIsOtherwise(recorded, choices, code);
        }
        return code;
    }

    /** What no property is about: that something threw, or that the run did not end. */
    private int retell(Variant variant, AnswersFile recorded) {
        PrintWriter say = bench.terminal().out();
        try {
            Story story =
                    variant.subject()
                            .story(
                                    recorded.answers(),
                                    recorded.answers().size(),
                                    recorded.property())
                            .orElseThrow(
                                    () -> new IllegalArgumentException("nothing here has a story"));
            say.println(variant.label() + ": " + story.explanation());
            tell(story);
            return ExitCode.VIOLATED;
        } catch (IllegalArgumentException e) {
            say.println(variant.label() + ": " + e.getMessage());
            return ExitCode.HOLDS;
        } finally {
            say.flush();
        }
    }

    /** Whoever replays what somebody else found has to know that it was not the same. */
    private void tellWhatIsOtherwise(AnswersFile recorded, RecordingChoices choices, int code) {
        PrintWriter say = bench.terminal().out();
        var unasked = new ArrayList<>(recorded.answers());
        unasked.removeAll(choices.answers());
        if (!unasked.isEmpty() && code != ExitCode.VIOLATED) {
            say.println(
                    Line.of(
                            "%,d of %,d answers were not asked for: %s",
                            unasked.size(), recorded.answers().size(), unasked.getFirst()));
        }
        if (!recorded.property().isEmpty() && code != ExitCode.VIOLATED) {
            say.println(
                    recorded.property()
                            + " is not violated here, as it was when "
                            + answers
                            + " was written: by another version of the protocol or of Cairn, or in"
                            + " another experiment");
        }
        say.flush();
    }

    private int draw(Experiment experiment, Variant variant, RecordingChoices choices)
            throws IOException {
        DrawnRun drawn =
                variant.subject()
                        .draw(choices, answers != null)
                        .orElseThrow(() ->
                                new UserMistake(
                                        "--view: '"
                                                + variant.label()
                                                + "' has no machines to draw"));
        Long seed = trial.seed();
        String command =
                answers == null
                        ? Commands.replay(
                                experiment,
                                variant,
                                seed == null ? experiment.seeds().getFirst() : seed)
                        : Commands.replay(experiment, answers.toString());
        String run = answers == null ? "" : " from " + answers;
        var page =
                new TracePage(
                        experiment.name() + ": " + variant.label() + run,
                        command + " --view",
                        drawn.outcome().properties(),
                        drawn.violatedAt());
        Path shown = (out == null ? Path.of("results", experiment.name()) : out);
        Path folder = bench.terminal().resolve(shown);
        ResultsFolder.make(folder, shown);
        Files.writeString(folder.resolve("trace.html"), page.html(drawn.view()));
        int code = tell(variant, drawn.outcome());
        bench.terminal().out().println("Trace: " + shown.resolve("trace.html"));
        bench.terminal().out().flush();
        return code;
    }

    private int replay(Variant variant, RecordingChoices choices) {
        PrintWriter say = bench.terminal().out();
        @Nullable Consumer<String> timeline = trace ? say::println : null;
        Outcome outcome =
                answers == null
                        ? variant.subject().run(choices, timeline)
                        : variant.subject().replay(choices, timeline);
        int code = tell(variant, outcome);
        if (!trace) {
            outcome.properties().stream()
                    .filter(judged -> judged.finding() == Finding.VIOLATED)
                    .findFirst()
                    .ifPresent(judged -> tell(variant, choices, judged.id()));
        }
        return code;
    }

    /** What led to a violation, in some dozens of lines. */
    private void tell(Variant variant, RecordingChoices choices, String property) {
        variant.subject()
                .story(choices.answers(), choices.answers().size(), property)
                .ifPresent(this::tell);
    }

    private void tell(Story story) {
        PrintWriter say = bench.terminal().out();
        say.println();
        story.timeline().forEach(say::println);
        say.println();
        say.println(story.property() + " is violated here. --trace prints every event.");
        say.flush();
    }

    private int tell(Variant variant, Outcome outcome) {
        PrintWriter say = bench.terminal().out();
        say.println(
                Line.of(
                        "%s: %s of virtual time, %,d events, digest %s",
                        variant.label(),
                        Unit.NANOSECONDS.text((double) outcome.virtualNanos()),
                        outcome.counts().kernelEvents(),
                        outcome.digest()));
        outcome.properties().forEach(judged -> say.println(text(judged)));
        say.flush();
        if (outcome.finding() == Finding.VIOLATED) {
            return ExitCode.VIOLATED;
        }
        boolean told =
                outcome.properties().stream().anyMatch(judged -> judged.finding() == Finding.HOLDS);
        return told ? ExitCode.HOLDS : ExitCode.INCONCLUSIVE;
    }

    static String text(PropertyOutcome judged) {
        String remark =
                judged.explanation().isEmpty()
                        ? Line.of("put to the test %,d times", judged.witnesses())
                        : judged.explanation();
        return Line.of("  %-8s %-13s %s", judged.id(), judged.finding().words(), remark)
                .stripTrailing();
    }
}
