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
import java.util.concurrent.Callable;

/** Holds the live path against JGroups and the disk alone. */
@Command(
        name = "speed",
        description = {
            "Measures, in turn in one run, a round trip of 1 KiB by JGroups alone, a segment of",
            "1 KiB to two replicas that hold it in memory, a sync, and such a segment on disk."
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

    private void tell(SpeedProbe.Speeds speeds) {
        long bare = speeds.bare().median();
        tell("JGroups alone, there and back", speeds.bare());
        tell("two replicas, in memory", speeds.memory());
        tell("sync alone", speeds.sync());
        tell("two replicas, durable", speeds.durable());
        var say = bench.terminal().out();
        say.println(
                Line.of(
                        "In memory %.2f times a bare round trip; durable %.2f times that and a"
                                + " sync.",
                        (double) speeds.memory().median() / (double) bare,
                        (double) speeds.durable().median()
                                / (double) (bare + speeds.sync().median())));
        say.flush();
    }

    private void tell(String what, LiveProbe.Spread spread) {
        bench.terminal()
                .out()
                .println(
                        Line.of(
                                "%-32s median %-10s p99 %s",
                                what,
                                Unit.NANOSECONDS.text((double) spread.median()),
                                Unit.NANOSECONDS.text((double) spread.most())));
    }
}
