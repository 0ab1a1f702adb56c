package cairn.experiment.command;

import cairn.cluster.control.Holdings;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.Machines;
import cairn.cluster.run.SystemUnderTest;
import cairn.experiment.definition.Experiment;
import cairn.experiment.definition.Variant;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.trial.LiveApplication;
import cairn.model.Application;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps real processes under random faults for a while, and judges the whole. */
@Command(
        name = "soak",
        description = {
            "Keeps an experiment on real processes under random faults, and judges the whole at the"
                    + " end.",
            "It is the first variant of the file, without the file's faults and number of requests."
                    + " Faults strike one at a time: crashes, losses of power, pauses, isolations"
                    + " and narrow links for the first third, then only the last three, while"
                    + " each process lives on: what it then holds more of - threads, descriptors,"
                    + " heap, files - is a leak."
        },
        footer = {
            "",
            "Example:",
            "  ./cairn cluster soak experiments/live/soak.yaml --for '10 min'",
            "",
            "Exits with 0 if no property was violated and nothing leaked, 1 otherwise."
        })
final class ClusterSoakCommand implements Callable<Integer> {

    private static final long SECOND = 1_000_000_000L;
    private static final double MEBI = 1 << 20;

    private final Workbench bench;
    private final AtomicReference<Runnable> underWay = new AtomicReference<>(() -> {});

    @Parameters(paramLabel = "FILE", description = "An experiment file about a service.")
    private Path file = Path.of("");

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "For how long: 90 s, 10 min, 8 h; otherwise ${DEFAULT-VALUE}.")
    private String length = "10 min";

    @Option(names = "--seed", paramLabel = "N", description = "Of faults and operations.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where nodes keep their files; otherwise results/NAME-soak.")
    private @Nullable Path out;

    @Mixin private OverrideOptions overrides = new OverrideOptions();

    ClusterSoakCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Experiment experiment = bench.experiment(file, overrides.all());
        Variant variant = experiment.variants().getFirst();
        LiveApplication<?> live = ClusterRunCommand.live(variant);
        if (!(live.application() instanceof Application.Served served)) {
            throw new UserMistake("soak: nobody asks '" + live.application().name() + "'");
        }
        long nanos = OptionAmount.nanos("--for", length);
        Path shown = out == null ? Path.of("results", experiment.name() + "-soak") : out;
        Path folder = bench.terminal().resolve(shown);
        ResultsFolder.make(folder, shown);
        try (Interruption interruption = bench.interruption(() -> underWay.get().run())) {
            try {
                Soak.Outcome outcome = soak(live, served, nanos, folder);
                return interruption.happened()
                        ? ended("interrupted; all processes were ended", ExitCode.INTERRUPTED)
                        : tell(outcome, live.roles());
            } catch (LiveFailure e) {
                return interruption.explainsFailure()
                        ? ended("interrupted; all processes were ended", ExitCode.INTERRUPTED)
                        : ended(String.valueOf(e.getMessage()), ExitCode.BROKEN);
            }
        }
    }

    private Soak.Outcome soak(
            LiveApplication<?> live, Application.Served served, long nanos, Path folder)
            throws IOException {
        try (SystemUnderTest system = live.system(Machines.loopback(), folder, seed, List.of())) {
            system.start();
            var soak =
                    new Soak(
                            system,
                            served,
                            nanos,
                            seed,
                            fault -> progress(Line.of("%5d s  ", system.now() / SECOND) + fault));
            underWay.set(soak::stop);
            return soak.run(folder);
        }
    }

    private void progress(String line) {
        bench.terminal().err().println(line);
        bench.terminal().err().flush();
    }

    private int ended(String reason, int code) {
        progress("soak: " + reason);
        return code;
    }

    private int tell(Soak.Outcome outcome, List<String> roles) {
        var say = bench.terminal().out();
        boolean holds = true;
        for (Judgement judgement : outcome.result().judgements()) {
            holds &= !judgement.isViolated();
            say.println(said(judgement));
        }
        say.println(
                Line.of(
                        "%,d s, %d faults, %,d requests answered, %,d given up.",
                        outcome.result().endNanos() / SECOND,
                        outcome.faults(),
                        outcome.answered(),
                        outcome.unknown()));
        say.println(
                Line.of(
                        "%-12s %-14s %-14s %-14s %-16s %-12s %s",
                        "", "age, s", "threads", "descriptors", "heap, MiB", "files", "their MiB"));
        for (int i = 0; i < roles.size(); i++) {
            holds &= tell(roles.get(i), outcome.early().get(i), outcome.late().get(i), true);
        }
        // What the launcher observes it keeps, to judge it in the end.
        holds &= tell("launcher", outcome.launcherEarly(), outcome.launcherLate(), false);
        long left = ProcessHandle.current().descendants().count();
        say.println(left == 0 ? "No process is left." : left + " processes are left.");
        say.flush();
        return holds && left == 0 ? ExitCode.HOLDS : ExitCode.VIOLATED;
    }

    private static String said(Judgement judgement) {
        return switch (judgement.verdict()) {
            case Verdict.Violated(long at, String explanation) ->
                    Line.of(
                            "%s is violated at %.3f s: %s",
                            judgement.property(), at / 1e9, explanation);
            case Verdict.Holds(long witnesses) ->
                    Line.of("%-9s holds, %,d occasions", judgement.property(), witnesses);
            case Verdict.Inconclusive(String reason) ->
                    Line.of("%-9s inconclusive: %s", judgement.property(), reason);
        };
    }

    /** Tells what a process held early and late; false if it leaks. */
    private boolean tell(String who, Holdings early, Holdings late, boolean memory) {
        List<String> grown =
                late.grownSince(early).stream()
                        .filter(what ->
                                memory || what.equals("threads") || what.equals("descriptors"))
                        .toList();
        bench.terminal()
                .out()
                .println(
                        Line.of(
                                "%-12s %-14s %-14s %-14s %-16s %-12s %s%s",
                                who,
                                early.ageMillis() / 1_000 + " to " + late.ageMillis() / 1_000,
                                early.threads() + " to " + late.threads(),
                                early.descriptors() + " to " + late.descriptors(),
                                Line.of(
                                        "%.1f to %.1f",
                                        early.heapBytes() / MEBI, late.heapBytes() / MEBI),
                                early.files() + " to " + late.files(),
                                Line.of(
                                        "%.1f to %.1f",
                                        early.fileBytes() / MEBI, late.fileBytes() / MEBI),
                                grown.isEmpty() ? "" : "  leaks " + String.join(" and ", grown)));
        return grown.isEmpty();
    }
}
