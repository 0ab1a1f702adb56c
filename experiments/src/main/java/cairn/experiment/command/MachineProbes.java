package cairn.experiment.command;

import cairn.cluster.probe.LiveProbe;
import cairn.cluster.probe.MachineCosts;
import cairn.cluster.probe.Quantity;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.Machines;
import cairn.experiment.file.Line;
import cairn.report.statistics.Unit;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What messages and the disk of this machine take, measured again and again, as the simulator is to
 * be told: by all that was measured, since who waits for each answer waits for the slow ones, too.
 */
final class MachineProbes implements AutoCloseable {

    private static final int ROUNDS = 10;

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
            measuring = new LiveProbe(Machines.loopback(), folder, ROUNDS);
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

    /** What all measurements so far amount to, in the words of an experiment file. */
    List<String> soFar() {
        MachineCosts costs = MachineCosts.of(measured);
        long every = measured.getLast().everyNanos();
        return List.of(
                // The emulated interface's packets are messages, and its flushes those of a file,
                // in which nothing becomes durable by itself for as long as a run lasts.
                Line.of(
                        "environment.rdma={nic: %d ns, propagation: 0 ns, bandwidth: %.4f GB/s,"
                                + " flush service: %d ns, persistent write: %.4f GB/s,"
                                + " residence least: 1 h, residence most: 1 h}",
                        LiveProbe.Spread.of(costs.oneWayNanos()).median(),
                        costs.packetBandwidth(),
                        costs.flushNanos(),
                        costs.flushBandwidth()),
                Line.of(
                        "environment.network={bandwidth: %.4f GB/s, link: {latency: %s}}",
                        costs.bandwidth(), law(costs.oneWayNanos(), every)),
                Line.of(
                        "environment.host={cores: %d, message: %d ns, following: %d ns,"
                                + " after: %d ns, report: %d ns, sync core: %d ns, sync: %d ns}",
                        Runtime.getRuntime().availableProcessors(),
                        costs.coreNanos(),
                        costs.followingNanos(),
                        costs.afterNanos(),
                        costs.reportNanos(),
                        costs.syncCoreNanos(),
                        costs.sharedSyncNanos()),
                Line.of(
                        "environment.cpu={fault: %d ns, protect page: %d ns}",
                        costs.faultNanos(), costs.protectNanos()),
                Line.of(
                        "environment.disk={model: nvme-consumer, operation: %d ns, copy: %.4f"
                                + " GB/s, bandwidth: 1000000 GB/s, sync: %s, directory sync: %s}",
                        costs.callNanos(),
                        costs.copyBandwidth(),
                        law(LiveProbe.all(measured, Quantity.SYNC), every),
                        law(LiveProbe.all(measured, Quantity.NAME_SYNC), every)));
    }

    private static String law(List<Long> nanos, long everyNanos) {
        return nanos.stream()
                .map(each -> each + " ns")
                .collect(
                        Collectors.joining(
                                ", ", "{measured: [", "], every: " + everyNanos + " ns}"));
    }

    @Override
    public String toString() {
        if (measured.isEmpty()) {
            return "Nothing was measured: the costs are the file's.";
        }
        double processor =
                measured.stream().mapToLong(LiveProbe.Costs::processor).average().orElseThrow();
        return "Measured around each real run, median and 99th percentile of all: "
                + Arrays.stream(Quantity.values())
                        .filter(each -> !LiveProbe.all(measured, each).isEmpty())
                        .map(this::text)
                        .collect(Collectors.joining(", "))
                + "; of a core for a message at either end "
                + nanos(Math.round(processor))
                + ".";
    }

    private String text(Quantity quantity) {
        LiveProbe.Spread spread = LiveProbe.Spread.of(LiveProbe.all(measured, quantity));
        return quantity.title() + " " + nanos(spread.median()) + " (" + nanos(spread.most()) + ")";
    }

    private static String nanos(long nanos) {
        return Unit.NANOSECONDS.text((double) nanos);
    }
}
