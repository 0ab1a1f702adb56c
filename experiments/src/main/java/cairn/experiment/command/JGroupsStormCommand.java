package cairn.experiment.command;

import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.fault.SeededChoices;
import cairn.model.choice.Mix;
import cairn.model.property.Judgement;
import cairn.model.property.Verdict;
import cairn.virtual.jgroups.Group;
import cairn.virtual.jgroups.GroupResult;
import cairn.virtual.jgroups.Rule;
import cairn.virtual.jgroups.Storm;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Runs stormy groups, each twice, and compares their courses. */
@Command(
        name = "storm",
        description = {
            "Runs groups of five under kills, pauses, partitions and loss, each seed twice.",
            "Up to 4 %% of messages are lost. A seed whose two courses differ, down to one byte of"
                    + " one message, is reported, and so is a broken rule."
        },
        footer = {"", "Exits with 1 if courses differ or a rule that JGroups promises is broken."})
final class JGroupsStormCommand implements Callable<Integer> {

    private final Workbench bench;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many seeds; otherwise ${DEFAULT-VALUE}.")
    private int seeds = 50;

    @Option(
            names = "--first",
            paramLabel = "SEED",
            description = "The first seed; otherwise ${DEFAULT-VALUE}.")
    private long first;

    private long virtualNanos;
    private long slices;
    private long broken;

    JGroupsStormCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (seeds < 1) {
            throw new UserMistake("--seeds: 1 or more: " + seeds);
        }
        if (!VirtualJvm.isThis()) {
            return VirtualJvm.execute(Words.of(spec));
        }
        PrintWriter say = bench.terminal().out();
        long[] digests = new long[seeds];
        for (int i = 0; i < seeds; i++) {
            GroupResult result = run(first + i);
            digests[i] = result.digest();
            judge(first + i, result);
        }
        virtualNanos = 0;
        slices = 0;
        long begin = cpuNanos();
        long differing = 0;
        long all = 0;
        for (int i = 0; i < seeds; i++) {
            GroupResult result = run(first + i);
            all = Mix.fold(all, result.digest());
            if (result.digest() != digests[i]) {
                differing++;
                say.println("seed " + (first + i) + ": two courses");
            }
        }
        double cpu = (cpuNanos() - begin) / 1e9;
        say.println(
                Line.of(
                        "%d seeds twice: %d differ; %d broken rules; digest of all %016x",
                        seeds, differing, broken, all));
        say.println(
                Line.of(
                        "second round: %.0f virtual seconds in %.1f CPU seconds, %.0f in one; %d"
                                + " slices, %.1f us each",
                        virtualNanos / 1e9,
                        cpu,
                        virtualNanos / 1e9 / cpu,
                        slices,
                        cpu * 1e6 / slices));
        say.flush();
        return differing + broken == 0 ? ExitCode.HOLDS : ExitCode.VIOLATED;
    }

    private GroupResult run(long seed) {
        GroupResult result = Group.run(Storm.of(seed), new SeededChoices(seed));
        virtualNanos += result.endNanos();
        slices += result.slices();
        return result;
    }

    private void judge(long seed, GroupResult result) {
        for (Rule rule : Rule.PROMISED) {
            Judgement judgement = rule.judge(result);
            if (judgement.verdict() instanceof Verdict.Violated(long at, String explanation)) {
                broken++;
                bench.terminal()
                        .out()
                        .println(
                                Line.of(
                                        "seed %d: %s at %.3f s: %s",
                                        seed, rule.id(), at / 1e9, explanation));
                bench.terminal().out().flush();
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
