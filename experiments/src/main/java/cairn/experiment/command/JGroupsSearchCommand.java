package cairn.experiment.command;

import cairn.experiment.campaign.AnswersFile;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.fault.Answer;
import cairn.fault.SeededChoices;
import cairn.fault.strategy.PartialOrderChoices;
import cairn.fault.strategy.Prioritised;
import cairn.fault.strategy.Sampling;
import cairn.fault.strategy.Shard;
import cairn.fault.strategy.Strategy;
import cairn.fault.strategy.SwarmChoices;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;
import cairn.verification.Examined;
import cairn.verification.Story;
import cairn.virtual.jgroups.GroupEvent;
import cairn.virtual.jgroups.GroupResult;
import cairn.virtual.jgroups.GroupRuns;
import cairn.virtual.jgroups.Rule;
import cairn.virtual.jgroups.Stack.Generation;
import cairn.virtual.jgroups.Storm;
import cairn.virtual.jgroups.Work;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Searches the runs of a stormy group for one that breaks a rule, or replays one. */
@Command(
        name = "search",
        description = {
            "Searches the runs of a group of five for one that breaks a rule.",
            "What strikes are kills, pauses and partitions. The run is shrunk to the fewest"
                    + " answers, and what happens under them is told."
        },
        footer = {
            "",
            "Rules that JGroups promises: VIEW-AGREEMENT, VIEW-ORDER, CONVERGENCE, FIFO; that it"
                    + " does not:",
            "UNIQUE-COUNTS, VIRTUAL-SYNCHRONY. Exits with 1 if the rule was broken."
        })
final class JGroupsSearchCommand implements Callable<Integer> {

    private static final Duration GAP = Duration.ofMillis(500);

    private final Workbench bench;

    /** How runs are drawn. */
    enum Drawing {
        SEEDS,
        SWARMS,
        ORDERS,
        PRIORITIES
    }

    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--rule", required = true, paramLabel = "RULE", description = "The rule.")
    private String rule = "";

    @Option(
            names = "--by",
            paramLabel = "HOW",
            description =
                    "seeds, swarms, orders (partial-order sampling of slices and arrivals) or"
                            + " priorities (PCT); otherwise ${DEFAULT-VALUE}.")
    private Drawing by = Drawing.SEEDS;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How many runs at the most; otherwise ${DEFAULT-VALUE}.")
    private long runs = 200;

    @Option(
            names = "--shrinking",
            paramLabel = "N",
            description = "How many runs shrinking may take; otherwise ${DEFAULT-VALUE}.")
    private long shrinking = 1_000;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "The first seed; otherwise ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--generation",
            paramLabel = "WHICH",
            description =
                    "credits (NAKACK2, UNICAST3) or acknowledgements (NAKACK4, UNICAST4);"
                            + " otherwise ${DEFAULT-VALUE}.")
    private Generation generation = Generation.CREDITS;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            description = "How many datagrams are lost; otherwise ${DEFAULT-VALUE}.")
    private double loss = 0.01;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "Replays these instead of searching.")
    private @Nullable Path answers;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the answers go; otherwise ${DEFAULT-VALUE}.")
    private Path out = Path.of("results", "jgroups-answers.txt");

    JGroupsSearchCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(loss >= 0 && loss < 1) || runs < 1 || shrinking < 1) {
            throw new UserMistake("--loss is a share, --runs and --shrinking are 1 or more");
        }
        if (!VirtualJvm.isThis()) {
            return VirtualJvm.execute(Words.of(spec));
        }
        Rule judging = rule();
        Work work = rule.equals("UNIQUE-COUNTS") ? Work.counting(GAP) : Work.multicasting(GAP);
        GroupRuns group = new GroupRuns(Storm.of(generation, work, loss), List.of(judging));
        if (answers != null) {
            Path file = bench.terminal().resolve(answers);
            return tell(judging, group, AnswersFile.read(file, answers.toString()).answers());
        }
        Strategy strategy = strategy();
        Optional<Examined> found = group.find(strategy, runs);
        PrintWriter say = bench.terminal().out();
        if (found.isEmpty()) {
            say.println(rule + " holds in all: " + strategy.scope());
            say.flush();
            return ExitCode.HOLDS;
        }
        Story story = group.shrink(found.get(), shrinking);
        say.println(
                Line.of(
                        "%s is broken after %s: %d answers, shrunk to %d",
                        rule, strategy.scope(), story.recorded(), story.answers().size()));
        save(story.answers());
        return tell(judging, group, story.answers());
    }

    private Rule rule() {
        try {
            return Rule.named(rule);
        } catch (IllegalArgumentException e) {
            throw new UserMistake("--rule: " + e.getMessage());
        }
    }

    private Strategy strategy() {
        return switch (by) {
            case SEEDS -> new Sampling("seeds", SeededChoices::new, seed, Shard.WHOLE);
            case SWARMS -> new Sampling("swarms", SwarmChoices::new, seed, Shard.WHOLE);
            case ORDERS ->
                    new Sampling("partial orders", PartialOrderChoices::new, seed, Shard.WHOLE);
            case PRIORITIES -> new Prioritised(seed, Shard.WHOLE);
        };
    }

    private void save(List<Answer> fewest) throws IOException {
        Path file = bench.terminal().resolve(out);
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new UserMistake("--out: " + out + " is a folder; name a file");
        }
        ResultsFolder.make(folder, out);
        List<String> lines = new ArrayList<>(List.of("# property: " + rule));
        fewest.forEach(answer -> lines.add(answer.toString()));
        Files.write(file, lines);
        bench.terminal()
                .out()
                .println(
                        Line.of(
                                "Replay: ./cairn jgroups search --rule %s --generation %s --loss %s"
                                        + " --answers %s",
                                rule, generation, loss, out));
    }

    /** What happens under these answers: faults, views, and what broke the rule. */
    private int tell(Rule judging, GroupRuns group, List<Answer> fewest) {
        PrintWriter say = bench.terminal().out();
        fewest.forEach(answer -> say.println("  " + answer));
        GroupResult result = group.replay(fewest);
        Judgement judgement = judging.judge(result);
        long end =
                judgement.verdict() instanceof Verdict.Violated(long at, String _)
                        ? at
                        : Long.MAX_VALUE;
        for (GroupEvent event : result.journal()) {
            boolean turns =
                    event instanceof GroupEvent.Seen || event instanceof GroupEvent.Installed;
            if (turns && event.at() <= end) {
                say.println(Line.of("%10.3f s  %s", event.at() / 1e9, text(event)));
            }
        }
        if (judgement.verdict() instanceof Verdict.Violated(long at, String explanation)) {
            say.println(Line.of("%10.3f s  %s: %s", at / 1e9, rule, explanation));
            say.flush();
            return ExitCode.VIOLATED;
        }
        say.println(rule + " holds under these answers");
        say.flush();
        return ExitCode.HOLDS;
    }

    private static String text(GroupEvent event) {
        return event instanceof GroupEvent.Seen(var observation)
                ? observation.toString()
                : event.toString();
    }
}
