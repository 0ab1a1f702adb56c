package cairn.experiment.command;

import cairn.cluster.probe.LiveProbe;
import cairn.cluster.probe.SpeedProbe;
import cairn.cluster.run.LiveFailure;
import cairn.experiment.file.Line;
import cairn.report.statistics.Unit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Holds the live path against JGroups and the disk alone. */
@Command(
        name = "speed",
        description = {
            "Measures what replication takes, and holds it against JGroups alone and a sync.",
            "Measured in turn in one run: a round trip of 1 KiB by JGroups alone, a segment of"
                    + " 1 KiB to two replicas that hold it in memory, a sync, such a segment on"
                    + " disk, and what JGroups alone takes to ask two processes, in memory and on"
                    + " disk."
        },
        footer = {"", "Example:", "  ./cairn cluster speed"})
final class ClusterSpeedCommand implements Callable<Integer> {

    private final Workbench bench;

    @Option(
            names = "--times",
            paramLabel = "N",
            description = "How often each is measured; otherwise ${DEFAULT-VALUE}.")
    private int times = 1_000;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where processes keep their files; otherwise ${DEFAULT-VALUE}.")
    private Path out = Path.of("results", "speed");

    ClusterSpeedCommand(Workbench bench) {
        this.bench = bench;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = bench.terminal().resolve(out);
        ResultsFolder.make(folder, out);
        try {
            tell(new SpeedProbe(folder, Math.max(1, times)).measure());
            return ExitCode.HOLDS;
        } catch (LiveFailure e) {
            bench.terminal().err().println("speed: " + e.getMessage());
            bench.terminal().err().flush();
            return ExitCode.BROKEN;
        }
    }

    private void tell(Map<SpeedProbe.Step, LiveProbe.Spread> spreads) {
        var say = bench.terminal().out();
        spreads.forEach((step, spread) ->
                say.println(
                        Line.of(
                                "%-32s median %-10s p99 %s",
                                step.title(),
                                Unit.NANOSECONDS.text((double) spread.median()),
                                Unit.NANOSECONDS.text((double) spread.most()))));
        double bare = median(spreads, SpeedProbe.Step.BARE);
        double memory = median(spreads, SpeedProbe.Step.MEMORY);
        double durable = median(spreads, SpeedProbe.Step.DURABLE);
        say.println(
                Line.of(
                        "In memory %.2f times a bare round trip; durable %.2f times that and a"
                                + " sync.",
                        memory / bare, durable / (bare + median(spreads, SpeedProbe.Step.SYNC))));
        say.println(
                Line.of(
                        "Of two by JGroups alone, it is %.2f times in memory and %.2f times"
                                + " durable.",
                        memory / median(spreads, SpeedProbe.Step.BARE_PAIR),
                        durable / median(spreads, SpeedProbe.Step.BARE_SYNCED_PAIR)));
        say.flush();
    }

    private static double median(
            Map<SpeedProbe.Step, LiveProbe.Spread> spreads, SpeedProbe.Step step) {
        return (double) Objects.requireNonNull(spreads.get(step)).median();
    }
}
