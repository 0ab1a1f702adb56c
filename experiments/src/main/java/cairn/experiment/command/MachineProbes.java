package cairn.experiment.command;

import cairn.cluster.probe.LiveProbe;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.Machines;
import cairn.experiment.file.Line;
import cairn.report.statistics.Unit;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What messages and the disk of this machine take, measured again and again, as the simulator is to
 * be told: by all that was measured, since who waits for each answer waits for the slow ones, too.
 */
final class MachineProbes implements AutoCloseable {

    private static final int TIMES = 200;

    private final Path folder;
    private final List<LiveProbe.Costs> measured = new ArrayList<>();
    private @Nullable LiveProbe probe;

    /** None yet. */
    MachineProbes(Path folder) {
        this.folder = folder;
    }

    /** Measures once more. */
    void measure() {
        LiveProbe measuring = probe;
        if (measuring == null) {
            measuring = new LiveProbe(Machines.loopback(), folder, TIMES);
            probe = measuring;
        }
        try {
            measured.add(measuring.measure());
        } catch (LiveFailure e) {
            // Another process is to measure the next time.
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        LiveProbe measuring = probe;
        probe = null;
        if (measuring != null) {
            measuring.close();
        }
    }

    /** What the last two measurements amount to, in the words of an experiment file. */
    List<String> aroundLastRun() {
        List<LiveProbe.Costs> last =
                measured.subList(Math.max(0, measured.size() - 2), measured.size());
        // Of several messages at once one is behind the other by what it takes of a core.
        double piece = later(last, LiveProbe.Costs::pieces, LiveProbe.Costs::manyPieces);
        double small = later(last, LiveProbe.Costs::smallPieces, LiveProbe.Costs::manySmallPieces);
        double bandwidth =
                (LiveProbe.PIECE_BYTES - LiveProbe.SMALL_PIECE_BYTES) / Math.max(1, piece - small);
        // What a core does when the answer is on its way already, nobody waits for.
        double core =
                Math.min(
                        last.stream().mapToLong(LiveProbe.Costs::processor).average().orElseThrow(),
                        median(last, LiveProbe.Costs::roundTrips) / 4);
        // What a message and its answer take on their ways, beside both ends of each.
        double ends = 2 * core + LiveProbe.PING_BYTES / bandwidth / 2;
        List<Long> oneWay =
                all(last, LiveProbe.Costs::roundTrips).stream()
                        .map(trip -> Math.max(1, Math.round(trip / 2.0 - ends)))
                        .toList();
        double call =
                (median(last, LiveProbe.Costs::creations) + median(last, LiveProbe.Costs::renames))
                        / 2;
        return List.of(
                // The emulated interface's packets are messages, which take a core when they leave,
                // too, and its flushes those of a file.
                Line.of(
                        "environment.rdma={nic: %d ns, propagation: 0 ns, bandwidth: %.4f GB/s,"
                                + " flush service: %d ns}",
                        LiveProbe.Spread.of(oneWay).median() + Math.round(core),
                        LiveProbe.PIECE_BYTES / piece,
                        Math.round(median(last, LiveProbe.Costs::persists))),
                Line.of(
                        "environment.network={bandwidth: %.4f GB/s, link: {latency: %s}}",
                        bandwidth, law(oneWay)),
                Line.of(
                        "environment.host={cores: %d, message: %d ns, following: %d ns, sync: %d"
                                + " ns}",
                        Runtime.getRuntime().availableProcessors(),
                        Math.round(core),
                        Math.round(Math.min(core, small)),
                        // By what two at once take longer than one.
                        Math.round(
                                Math.max(
                                        0,
                                        median(last, LiveProbe.Costs::syncsOfTwo)
                                                - median(last, LiveProbe.Costs::syncsOfOne)))),
                Line.of(
                        "environment.disk={model: nvme-consumer, operation: %d ns, copy: %.4f"
                                + " GB/s, bandwidth: 1000000 GB/s, sync: %s, directory sync: %s}",
                        Math.round(call),
                        last.getLast().copyBytesPerNano(),
                        law(all(last, LiveProbe.Costs::syncs)),
                        law(all(last, LiveProbe.Costs::directorySyncs))));
    }

    /** By how much each of several messages at once is later than the one before it. */
    private static double later(
            List<LiveProbe.Costs> costs,
            Function<LiveProbe.Costs, List<Long>> one,
            Function<LiveProbe.Costs, List<Long>> many) {
        double longer = median(costs, many) - median(costs, one);
        return Math.max(1, longer / (LiveProbe.PIECES - 1));
    }

    private static double median(
            List<LiveProbe.Costs> costs, Function<LiveProbe.Costs, List<Long>> part) {
        return LiveProbe.Spread.of(all(costs, part)).median();
    }

    private static List<Long> all(
            List<LiveProbe.Costs> costs, Function<LiveProbe.Costs, List<Long>> part) {
        return costs.stream().flatMap(each -> part.apply(each).stream()).toList();
    }

    private static String law(List<Long> nanos) {
        return nanos.stream()
                .map(each -> each + " ns")
                .collect(
                        Collectors.joining(
                                ", ",
                                "{measured: [",
                                "], every: " + LiveProbe.THINK_NANOS + " ns}"));
    }

    @Override
    public String toString() {
        return measured.isEmpty()
                ? "Nothing was measured: the costs are the file's."
                : "Measured around each real run, median and 99th percentile of all: "
                        + text("1 KiB and its answer", LiveProbe.Costs::roundTrips)
                        + "of a core for a message at either end "
                        + nanos(
                                Math.round(
                                        measured.stream()
                                                .mapToLong(LiveProbe.Costs::processor)
                                                .average()
                                                .orElseThrow()))
                        + ", "
                        + text("4 KiB and an answer", LiveProbe.Costs::pieces)
                        + text("eight times 4 KiB and an answer", LiveProbe.Costs::manyPieces)
                        + text("64 bytes and an answer", LiveProbe.Costs::smallPieces)
                        + text("eight times 64 bytes", LiveProbe.Costs::manySmallPieces)
                        + text("a new file", LiveProbe.Costs::creations)
                        + text("a rename", LiveProbe.Costs::renames)
                        + text("a sync of 16 KiB", LiveProbe.Costs::syncs)
                        + text("a sync of names", LiveProbe.Costs::directorySyncs)
                        + text("one that syncs beside another", LiveProbe.Costs::syncsOfOne)
                        + text("two that sync", LiveProbe.Costs::syncsOfTwo)
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
