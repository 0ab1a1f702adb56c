package cairn.experiment.command;

import cairn.experiment.catalogue.Surroundings;
import cairn.experiment.definition.ScenarioReader;
import cairn.experiment.file.Dimension;
import cairn.experiment.file.Line;
import cairn.experiment.file.UserMistake;
import cairn.experiment.interval.Advisor;
import cairn.experiment.interval.Advisor.Advice;
import cairn.experiment.interval.Medium;
import cairn.experiment.interval.StorageLevel;
import cairn.experiment.interval.Suited;
import cairn.report.statistics.Unit;
import cairn.simulator.disk.DiskCosts;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Answers which level of storage, which kind of checkpoint, and which interval. */
@Command(
        name = "advise",
        description = {
            "Says where to put checkpoints and how long to work between them: by Young, by Daly,"
                    + " and by simulation.",
            "Levels are given from the cheapest on; the first that keeps the target is advised, and"
                    + " which of the protocols here are made for it."
        },
        footer = {
            "",
            "Example:",
            "  ./cairn advise --state '64 GiB' --dirty '200 MB/s' --mtbf '6 h' --target '2 %%'",
            "  ./cairn advise --state '1 TiB' --mtbf '3.09 h' --shape 0.7 --level 'pfs=50 GB/s,1"
                    + " s,shared'"
        })
final class AdviseCommand implements Callable<Integer> {

    private final Workbench bench;

    @Option(
            names = "--state",
            required = true,
            paramLabel = "SIZE",
            description = "What a checkpoint of everything holds: '64 GiB'.")
    private String state = "";

    @Option(
            names = "--dirty",
            paramLabel = "RATE",
            description =
                    "How fast distinct bytes of it are written to: '200 MB/s'. Without it, only"
                            + " checkpoints of everything are looked at.")
    private @Nullable String dirty;

    @Option(
            names = "--mtbf",
            required = true,
            paramLabel = "TIME",
            description = "Mean time between failures: '6 h'.")
    private String mtbf = "";

    @Option(
            names = "--shape",
            paramLabel = "NUMBER",
            description = "Of a Weibull failure law; below 1 failures cluster. Otherwise 1.")
    private String shape = "1";

    @Option(
            names = "--restart",
            paramLabel = "TIME",
            description = "A restart, beside reading the state back; otherwise ${DEFAULT-VALUE}.")
    private String restart = "30 s";

    @Option(
            names = "--target",
            paramLabel = "SHARE",
            description = "How much of the time may be no work; otherwise ${DEFAULT-VALUE}.")
    private String target = "5 %";

    @Option(
            names = "--level",
            paramLabel = "NAME=BANDWIDTH[,LATENCY[,MEDIUM]]",
            description =
                    "A place for checkpoints: 'pfs=50 GB/s,1 s,shared'; may be given again. A"
                            + " medium is own-disk, remote-memory, or, unless it is said, shared."
                            + " Otherwise a disk, NVMe and remote persistent memory.")
    private List<String> levels = new ArrayList<>();

    AdviseCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() {
        var need =
                new Advisor.Need(
                        OptionAmount.positive("--state", state, Dimension.SIZE),
                        dirty == null
                                ? 0
                                : OptionAmount.positive("--dirty", dirty, Dimension.BANDWIDTH),
                        OptionAmount.nanos("--mtbf", mtbf),
                        shape(),
                        Math.round(
                                OptionAmount.zeroOrMore("--restart", restart, Dimension.DURATION)));
        double most = OptionAmount.positive("--target", target, Dimension.SHARE);
        if (most >= 1) {
            throw new UserMistake(
                    "--target: '" + target + "' would be all of the time; a share such as '5 %'");
        }
        if (need.mtbfNanos() > Long.MAX_VALUE / 1_000) {
            throw new UserMistake("--mtbf: '" + mtbf + "' is too long for a simulation");
        }
        var advisor = new Advisor(need);
        List<Advice> all = new ArrayList<>();
        for (StorageLevel level : levels()) {
            all.add(advisor.advise(level, false));
            if (dirty != null) {
                all.add(advisor.advise(level, true));
            }
        }
        tell(all, most);
        return ExitCode.HOLDS;
    }

    private void tell(List<Advice> all, double most) {
        PrintWriter say = bench.terminal().out();
        say.println(
                Line.of(
                        "%-38s %10s %10s %10s %10s %8s %8s %8s",
                        "checkpoints",
                        "one takes",
                        "Young",
                        "Daly",
                        "simulated",
                        "work",
                        "(Young)",
                        "(Daly)"));
        all.forEach(advice -> say.println(row(advice)));
        if (all.stream().anyMatch(Advice::incremental)) {
            say.println(
                    "How long an incremental checkpoint takes depends on the interval: 'one takes'"
                            + " is at the simulated");
            say.println(
                    "interval; Young's and Daly's formulas are given what one takes at the interval"
                            + " that they advise.");
        }
        Optional<Advice> cheapest =
                all.stream().filter(advice -> 1 - advice.efficiency() <= most).findFirst();
        Advice best =
                all.stream().max(Comparator.comparingDouble(Advice::efficiency)).orElseThrow();
        say.println();
        say.println(
                best.efficiency() < Advisor.HOPELESS
                        ? "At no level is even "
                                + Unit.SHARE.text(Advisor.HOPELESS)
                                + " of the time work: failures come before a restart and a"
                                + " checkpoint are over."
                        : cheapest.map(advice ->
                                        "Advice: "
                                                + sentence(advice)
                                                + ". It is the first that keeps the target.")
                                .orElse(
                                        "No level keeps the target of "
                                                + Unit.SHARE.text(most)
                                                + "; the best is: "
                                                + sentence(best)
                                                + "."));
        if (best.efficiency() >= Advisor.HOPELESS) {
            tellProtocols(cheapest.orElse(best));
        }
        say.flush();
    }

    /** Which protocols do so, and what they promise as they come. */
    private void tellProtocols(Advice advice) {
        Suited suited = Suited.to(advice.level().medium(), advice.incremental());
        tellProtocol("A service", suited.service());
        tellProtocol("A computation", suited.computation());
    }

    private void tellProtocol(String protects, String protocol) {
        if (bench.catalogue().protocolNames().contains(protocol)) {
            String promise = new ScenarioReader(bench.catalogue()).usual(protocol).promise().text();
            bench.terminal().out().println(Line.of("  %s: %s. %s", protects, protocol, promise));
        }
    }

    private static String row(Advice advice) {
        return Line.of(
                "%-38s %10s %10s %10s %10s %8s %8s %8s",
                advice.level().name() + (advice.incremental() ? ", incremental" : ", full"),
                Unit.NANOSECONDS.text(advice.checkpoint()),
                Unit.NANOSECONDS.text(advice.young()),
                Unit.NANOSECONDS.text(advice.daly()),
                Unit.NANOSECONDS.text(advice.simulated()),
                Unit.SHARE.text(advice.efficiency()),
                Unit.SHARE.text(advice.efficiencyOfYoung()),
                Unit.SHARE.text(advice.efficiencyOfDaly()));
    }

    private static String sentence(Advice advice) {
        return Line.of(
                "%s checkpoints to %s, one after every %s of work; %s of the time is work",
                advice.incremental() ? "incremental" : "full",
                advice.level().name(),
                Unit.NANOSECONDS.text(advice.simulated()),
                Unit.SHARE.text(advice.efficiency()));
    }

    private List<StorageLevel> levels() {
        if (levels.isEmpty()) {
            return List.of(
                    level(DiskCosts.DISK),
                    level(DiskCosts.NVME_PROTECTED),
                    new StorageLevel(
                            "remote persistent memory",
                            Surroundings.DEFAULT.rdma().bandwidthBytesPerNano(),
                            3_000,
                            Medium.REMOTE_MEMORY));
        }
        return levels.stream().map(AdviseCommand::level).toList();
    }

    private static StorageLevel level(DiskCosts disk) {
        return new StorageLevel(
                disk.name(), disk.bytesPerNano(), disk.syncNanos(), Medium.OWN_DISK);
    }

    private static StorageLevel level(String written) {
        int equals = written.indexOf('=');
        if (equals < 1) {
            throw new UserMistake(
                    "--level: '" + written + "' is no level, such as 'pfs=50 GB/s,1 s'");
        }
        String[] amounts = written.substring(equals + 1).split(",", -1);
        if (amounts.length > 3) {
            throw new UserMistake(
                    "--level: '"
                            + written
                            + "' has a bandwidth, perhaps a latency, and perhaps a medium, no"
                            + " more");
        }
        double bandwidth = OptionAmount.positive("--level", amounts[0], Dimension.BANDWIDTH);
        double latency =
                amounts.length == 1
                        ? 0
                        : OptionAmount.zeroOrMore("--level", amounts[1], Dimension.DURATION);
        return new StorageLevel(
                written.substring(0, equals).strip(),
                bandwidth,
                Math.round(latency),
                amounts.length < 3 ? Medium.SHARED : medium(amounts[2].strip()));
    }

    private static Medium medium(String word) {
        return Medium.of(word)
                .orElseThrow(() ->
                        new UserMistake(
                                "--level: unknown medium '"
                                        + word
                                        + "'; it is one of "
                                        + String.join(", ", Medium.words())));
    }

    private double shape() {
        double read = OptionAmount.zeroOrMore("--shape", shape, Dimension.NUMBER);
        if (!(read >= 0.1 && read <= 100)) {
            throw new UserMistake("--shape: a shape lies in [0.1, 100]: '" + shape + "'");
        }
        return read;
    }
}
