package cairn.experiment.command;

import cairn.cluster.probe.LiveProbe;
import cairn.cluster.run.Machines;
import cairn.experiment.file.Line;
import cairn.report.statistics.Unit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What messages and the disk of this machine take, measured again and again, as the simulator is to
 * be told: by all that was measured, since who waits for each answer waits for the slow ones, too.
 */
final class MachineProbes {

    private static final int TIMES = 500;

    private final Path folder;
    private final List<LiveProbe.Costs> measured = new ArrayList<>();

    /** None yet. */
    MachineProbes(Path folder) {
        this.folder = folder;
    }

    /** Measures, and says what in an experiment file it amounts to. */
    List<String> next() {
        LiveProbe.Costs costs = new LiveProbe(Machines.loopback(), folder, TIMES).measure();
        measured.add(costs);
        List<Long> oneWay = costs.roundTrips().stream().map(trip -> trip / 2).toList();
        return List.of(
                "environment.network.link={latency: " + law(oneWay) + "}",
                Line.of(
                        "environment.disk={model: nvme-consumer, operation: %d ns, copy: %.4f"
                                + " GB/s, bandwidth: 1000000 GB/s, sync: %s, directory sync: %s}",
                        LiveProbe.Spread.of(costs.operations()).median(),
                        costs.copyBytesPerNano(),
                        law(costs.syncs()),
                        law(costs.directorySyncs())));
    }

    private static String law(List<Long> nanos) {
        return nanos.stream()
                .map(each -> each + " ns")
                .collect(Collectors.joining(", ", "{measured: [", "]}"));
    }

    @Override
    public String toString() {
        return measured.isEmpty()
                ? "Nothing was measured: the costs are the file's."
                : "Measured before each seed, median and 99th percentile of all: "
                        + text("1 KiB and its answer", LiveProbe.Costs::roundTrips)
                        + text("a write of 512 bytes", LiveProbe.Costs::operations)
                        + text("a sync of 16 KiB", LiveProbe.Costs::syncs)
                        + text("a sync of names", LiveProbe.Costs::directorySyncs)
                        + "64 KiB copied in "
                        + nanos(spread(LiveProbe.Costs::copies).median())
                        + ".";
    }

    private LiveProbe.Spread spread(Function<LiveProbe.Costs, List<Long>> part) {
        return LiveProbe.Spread.of(
                measured.stream().flatMap(costs -> part.apply(costs).stream()).toList());
    }

    private String text(String what, Function<LiveProbe.Costs, List<Long>> part) {
        LiveProbe.Spread spread = spread(part);
        return what + " " + nanos(spread.median()) + " (" + nanos(spread.most()) + "), ";
    }

    private static String nanos(long nanos) {
        return Unit.NANOSECONDS.text((double) nanos);
    }
}
