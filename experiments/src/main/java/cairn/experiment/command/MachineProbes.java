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

    /** Measures once more. */
    void measure() {
        measured.add(new LiveProbe(Machines.loopback(), folder, TIMES).measure());
    }

    /** What the last two measurements amount to, in the words of an experiment file. */
    List<String> aroundLastRun() {
        List<LiveProbe.Costs> last =
                measured.subList(Math.max(0, measured.size() - 2), measured.size());
        List<Long> oneWay =
                all(last, LiveProbe.Costs::roundTrips).stream().map(trip -> trip / 2).toList();
        return List.of(
                // The emulated interface's packets are messages, and its flushes those of a file.
                Line.of(
                        "environment.rdma={nic: %d ns, propagation: 0 ns, flush service: %d ns}",
                        LiveProbe.Spread.of(oneWay).median(),
                        LiveProbe.Spread.of(all(last, LiveProbe.Costs::persists)).median()),
                "environment.network.link={latency: " + law(oneWay) + "}",
                Line.of(
                        "environment.disk={model: nvme-consumer, operation: %d ns, copy: %.4f"
                                + " GB/s, bandwidth: 1000000 GB/s, sync: %s, directory sync: %s}",
                        LiveProbe.Spread.of(all(last, LiveProbe.Costs::operations)).median(),
                        last.getLast().copyBytesPerNano(),
                        law(all(last, LiveProbe.Costs::syncs)),
                        law(all(last, LiveProbe.Costs::directorySyncs))));
    }

    private static List<Long> all(
            List<LiveProbe.Costs> costs, Function<LiveProbe.Costs, List<Long>> part) {
        return costs.stream().flatMap(each -> part.apply(each).stream()).toList();
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
                : "Measured around each real run, median and 99th percentile of all: "
                        + text("1 KiB and its answer", LiveProbe.Costs::roundTrips)
                        + text("a write of 512 bytes", LiveProbe.Costs::operations)
                        + text("a sync of 16 KiB", LiveProbe.Costs::syncs)
                        + text("a sync of names", LiveProbe.Costs::directorySyncs)
                        + text("appended memory", LiveProbe.Costs::persists)
                        + "a write of 64 KiB "
                        + nanos(spread(LiveProbe.Costs::largeWrites).median())
                        + ".";
    }

    private LiveProbe.Spread spread(Function<LiveProbe.Costs, List<Long>> part) {
        return LiveProbe.Spread.of(all(measured, part));
    }

    private String text(String what, Function<LiveProbe.Costs, List<Long>> part) {
        LiveProbe.Spread spread = spread(part);
        return what + " " + nanos(spread.median()) + " (" + nanos(spread.most()) + "), ";
    }

    private static String nanos(long nanos) {
        return Unit.NANOSECONDS.text((double) nanos);
    }
}
