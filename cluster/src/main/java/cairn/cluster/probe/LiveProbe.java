package cairn.cluster.probe;

import cairn.cluster.run.LiveCluster;
import cairn.cluster.run.LiveFailure;
import cairn.cluster.run.LiveScenario;
import cairn.cluster.run.Machines;
import cairn.fault.FaultPlan;
import cairn.model.Application;
import cairn.model.NodeId;
import cairn.model.property.Bounds;
import cairn.model.service.Workload;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures what simulations of this machine need to know, by the code that live runs use, in a
 * process that stays, so that its code has been compiled.
 */
public final class LiveProbe implements AutoCloseable {

    /** Bytes of a long message of several that are sent at once, and of a short one. */
    public static final int PIECE_BYTES = Measuring.PIECE_BYTES;

    public static final int SMALL_PIECE_BYTES = Measuring.SMALL_PIECE_BYTES;

    /** How many messages are sent at once, if several are. */
    public static final int PIECES = Measuring.PIECES;

    /** Rounds until the code of both ends is compiled. */
    private static final int FIRST_WARM_UP = 700;

    private static final int WARM_UP = 20;
    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final int rounds;
    private final LiveCluster<Measuring.Word> cluster;
    private int warmUp = FIRST_WARM_UP;

    /**
     * What was measured.
     *
     * @param samples each holds nanoseconds, in the order in which they were measured
     * @param processor nanoseconds of a core for a message at either end, on all threads of a
     *     process
     * @param everyNanos from one measurement of a quantity to the next
     */
    public record Costs(Map<Quantity, List<Long>> samples, long processor, long everyNanos) {

        public Costs {
            samples = Map.copyOf(samples);
        }

        /** What a quantity was each time. */
        public List<Long> of(Quantity quantity) {
            return samples.getOrDefault(quantity, List.of());
        }
    }

    /** All samples of a quantity, in the order of the measurements. */
    public static List<Long> all(List<Costs> measured, Quantity quantity) {
        return measured.stream().flatMap(each -> each.of(quantity).stream()).toList();
    }

    /** The least, the median and the 99th percentile of a sample. */
    public record Spread(long least, long median, long most) {

        /** Those of a sample that is not empty. */
        public static Spread of(List<Long> sample) {
            return of(sample.stream().mapToLong(Long::longValue).toArray());
        }

        static Spread of(long[] sample) {
            long[] sorted = sample.clone();
            Arrays.sort(sorted);
            return new Spread(
                    sorted[0], sorted[sorted.length / 2], sorted[sorted.length * 99 / 100]);
        }
    }

    /**
     * Starts processes of its own.
     *
     * @param folder where live runs keep their files
     * @param rounds how often each step is repeated, twenty times each
     */
    public LiveProbe(Machines machines, Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
        var application =
                new Application.Served(
                        new Idle(), new Workload(1, 1, new Workload.Loop.Closed(0), 1_000_000_000));
        var scenario =
                new LiveScenario<Measuring.Word>(
                        new Measuring(), application, FaultPlan.NONE, new Bounds(1, 1, 1), 0, 0, 0);
        var beginning = new Beginning(Measuring.SERVERS);
        cluster =
                new LiveCluster<>(
                        scenario, machines, folder.resolve("probe"), 1, List.of(), beginning);
        try {
            cluster.start();
            beginning.await();
        } catch (InterruptedException e) {
            cluster.close();
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (LiveFailure e) {
            cluster.close();
            throw e;
        }
    }

    /** Measures each step. */
    public Costs measure() {
        try {
            var measured = new CompletableFuture<Costs>();
            var asker = new Asker(new NodeId(Measuring.SERVERS), rounds, warmUp, measured);
            cluster.client(Measuring.SERVERS, asker).perform(asker::ask);
            Costs costs = measured.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            warmUp = WARM_UP;
            return costs;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LiveFailure("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LiveFailure("cannot measure in " + folder + ": " + e, e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
